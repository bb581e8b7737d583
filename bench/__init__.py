"""How fast Casebook is, as ratios within one run, so that they hold on any machine."""

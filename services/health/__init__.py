"""How a service that runs for long says how it is: metrics, alive, ready, and its log."""

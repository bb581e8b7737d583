"""Everything killed, frozen and cut while people work: nothing lost, doubled or out of order."""

"""From the topic into the views: each event once, in the order of its account, with its offset."""

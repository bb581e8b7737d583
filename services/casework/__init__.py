"""Use cases: from a command document to its recorded events and its answer."""

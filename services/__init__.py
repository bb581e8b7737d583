"""Everything that touches the world: stores, use cases, settings, the command line."""

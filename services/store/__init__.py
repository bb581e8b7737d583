"""The register on disk: events, look-ups and first answers in one SQLite file."""

"""One case as it stood, or as it was known, at any moment; and past verdicts asked again."""

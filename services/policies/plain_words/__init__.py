"""A policy file told in plain words, for the officer who wrote the policy."""

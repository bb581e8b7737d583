"""Breaks each rule in a copy of the tree and sees its own tests fail; `make mutation` runs it."""

"""The command line: every command of the schemas as a verb, and what people read."""

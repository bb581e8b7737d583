"""The log that everybody reads: Kafka's topic, and the register itself read in the same way."""

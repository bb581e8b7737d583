"""What is recorded, sent on to Kafka in the order of recording, by one publisher at a time."""

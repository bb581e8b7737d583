"""PostgreSQL and Kafka from pip, started in a folder: for trying production mode, and for tests."""

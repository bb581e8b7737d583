"""Several processes that decide for one embedded register, each about accounts of its own."""

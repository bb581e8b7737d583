"""The account: its incidents, blocks and appeals as they stand, and how events change them."""

"""What people read: the views, kept in step with the register and asked in its words."""

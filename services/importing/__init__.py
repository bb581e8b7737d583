"""What a council already keeps, read row by row and recorded as it was (`casebook import`)."""

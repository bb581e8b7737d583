"""Dates as casework counts them: London days, corresponding dates, working days."""

"""The rules of casework: accounts and their events, policies and verdicts, the calendar."""

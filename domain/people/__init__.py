"""The people behind an act: appointments, what each role may do, and the council itself."""

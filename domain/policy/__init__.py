"""The policy as data: clauses, categories, needs, obligations, and the verdicts that cite them."""

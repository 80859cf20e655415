"""Every rule on rows, across tables and between versions as a specification: small tables, and where the rule speaks."""

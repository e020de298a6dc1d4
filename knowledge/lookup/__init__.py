"""Looking guidance up: exact phrases, filters, doubles folded, and what is out of date."""

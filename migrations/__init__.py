"""The steps by which a database of any earlier release gets today's tables."""

"""The pages of content staff."""

"""From a question to the words that a member reads."""

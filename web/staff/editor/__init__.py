"""The pages of editors, who look after the guidance."""

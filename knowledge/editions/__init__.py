"""What was published: the store, publishing and bringing back."""

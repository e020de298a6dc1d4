"""The desk: what advisers do with the cases that members send."""

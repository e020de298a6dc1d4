"""What must be looked at and by when, who keeps it, and "reviewed, no change"."""

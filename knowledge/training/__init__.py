"""Training: from labelled questions and messages to the two small models that the project ships."""

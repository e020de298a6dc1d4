"""The passages that fit a question: the models, the index and the search itself."""

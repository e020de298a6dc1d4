"""What members use: the chat, the page, the widget and what belongs to them."""

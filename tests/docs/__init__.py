"""What the documents say: that it is so, and that what they show is what the code gives."""

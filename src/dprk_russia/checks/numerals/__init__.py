"""What the words of a figure say: numbers in digits and in letters, their bounds, and ranges, in the language of the page."""

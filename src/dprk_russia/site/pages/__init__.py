"""What each page tells, as plain data without HTML: one module for each kind of page."""

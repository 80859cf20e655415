"""The measures as a specification: each query alone on a few rows, and all of them in both engines."""

"""Small changes to the code, one at a time, and which of them no test notices."""

"""A report by exception: what is filed as an issue or an improvement, and what is said of it."""

"""The month's files, read into checked figures with a place for every one of them."""

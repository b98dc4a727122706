"""What is reported: themes, indicators, targets, comparators, tabs. Read from TOML and CSV."""

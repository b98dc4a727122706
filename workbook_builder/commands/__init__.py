"""Verbs of the command line that have a module of their own: arguments, and what is said."""

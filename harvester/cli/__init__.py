"""The command line: thin commands and the one place where concrete things are made."""

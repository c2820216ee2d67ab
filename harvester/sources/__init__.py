"""Source types: how a configured address becomes documents; one file each."""

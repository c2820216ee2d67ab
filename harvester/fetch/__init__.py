"""The guarded fetcher: the only room that opens a socket."""

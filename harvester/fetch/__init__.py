"""The guarded fetcher: the only room that opens a socket.

`fetcher.Fetcher` for http(s), `file` for local files and folders, `bodies.BodyStore` for what they
bring home. Nothing heavy is imported here: a command that reads a local file never pays for httpx.
"""

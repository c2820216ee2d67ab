"""The guarded fetcher: the only room that opens a socket.

`fetcher.Fetcher` for http(s), `file` for local files and folders, `bodies.BodyStore` for what they
bring home. Nothing heavy is imported here: a command that reads a local file never pays for httpx.

The events of its FetchErrors are stable:

    address      bad-url, url-scheme, credentials-in-url, bad-header, bad-allow-private
    connection   dns, blocked-address, connection, timeout, interrupted
    TLS          tls, tls-expired, tls-host
    HTTP         http-<status>, protocol, headers-too-large, too-many-1xx
    redirects    redirect-loop, redirect-downgrade, redirect-scheme, redirect-target
    body         truncated, too-slow, too-large-wire, too-large-decoded, ratio, encoding,
                 encoding-stack, archive
    local files  file-missing, file-refused, not-a-file, folder-empty
    hooks        send-failed
"""

"""Loopback servers for tests: `RawServer` says any bytes it is told to, `FileServer` serves files.

Both are context managers, listen on a free port of 127.0.0.1, answer each connection in a thread
of its own and record what they were asked:

    with RawServer(answer(b"<a> <b> <c> .")) as server:
        fetcher.get(source, server.url("/catalog.ttl"))
    assert server.requests[0].headers["user-agent"] == ...

    with FileServer({"/catalog.ttl": b"<a> <b> <c> ."}) as server:
        ...
        server.files["/catalog.ttl"] = File(b"new", etag='"2"')
"""

import contextlib
import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1/32"


@dataclass(frozen=True)
class Request:
    """One request as it came: header names in lower case; ``raw`` is its whole head."""

    method: str
    target: str
    headers: Mapping[str, str]
    raw: bytes


class Peer:
    """The client's end of a connection, for answers that are functions."""

    def __init__(self, sock: socket.socket, request: Request, closing: threading.Event) -> None:
        self.request = request
        self._sock = sock
        self._closing = closing

    def send(self, data: bytes) -> bool:
        """Send; ``False`` once the client has hung up or the server stops."""
        try:
            self._sock.sendall(data)
        except OSError:
            return False
        return not self._closing.is_set()

    def drip(self, pieces: Iterable[bytes], every: float = 0.0) -> int:
        """Send pieces with pauses of ``every`` seconds until one fails; returns how many went."""
        sent = 0
        for piece in pieces:
            if not self.send(piece):
                break
            sent += 1
            if every and self._closing.wait(every):
                break
        return sent

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._closing.wait(seconds)

    def reset(self) -> None:
        """Break the connection off with a TCP reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._sock.close()


Answer = bytes | Callable[[Peer], object]


class RawServer:
    """Answers the n-th request with the n-th answer; the last one is repeated.

    Bytes are sent as they are; ``answers`` may be changed while the server runs. The connection is
    closed after an answer, unless ``keep_alive``. ``connections`` counts TCP connections, also
    those that never sent a request.
    """

    def __init__(
        self,
        answers: Answer | Sequence[Answer],
        *,
        keep_alive: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        one = isinstance(answers, bytes) or callable(answers)
        self.answers: Sequence[Answer] = [answers] if one else answers  # type: ignore[list-item]
        self._keep_alive = keep_alive
        self._tls = tls
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self.requests: list[Request] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of ``path`` on this server."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def answer(self, request: Request, number: int) -> Answer:
        """Choose the answer to the ``number``-th request, counted from 0."""
        return self.answers[min(number, len(self.answers) - 1)]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._live:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        # A client that breaks off is the point of many tests, and no error of the server.
        with contextlib.suppress(OSError), sock:
            sock.settimeout(10)
            if self._tls:
                sock = self._tls.wrap_socket(sock, server_side=True)
            with sock:
                self._converse(sock)

    def _converse(self, sock: socket.socket) -> None:
        with self._lock:
            self._live.add(sock)
        try:
            while request := read_request(sock):
                with self._lock:
                    number = len(self.requests)
                    self.requests.append(request)
                answer = self.answer(request, number)
                peer = Peer(sock, request, self._closing)
                if callable(answer):
                    answer(peer)
                else:
                    peer.send(answer)
                if not self._keep_alive:
                    return
        finally:
            with self._lock:
                self._live.discard(sock)


def read_request(sock: socket.socket) -> Request | None:
    """Read one request head (requests here have no body); ``None`` when the client hung up."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        data = sock.recv(65536)
        if not data:
            return None
        raw += data
    first, *lines = raw.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, value in (x.split(":", 1) for x in lines)}
    return Request(method, target, headers, raw)


def answer(
    body: bytes = b"",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    length: int | None = -1,
) -> bytes:
    """A whole HTTP/1.1 answer. ``length`` -1 is the true one; ``None`` leaves the field out."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Odd"
    fields = dict(headers or {})
    if length is not None:
        fields.setdefault("Content-Length", str(len(body) if length == -1 else length))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {phrase}\r\n{head}\r\n".encode() + body


def redirect(location: str, status: int = 301, body: bytes = b"") -> bytes:
    """A redirect to ``location``."""
    return answer(body, status, {"Location": location})


def chunk(data: bytes) -> bytes:
    """One chunk of the chunked transfer coding; an empty one ends the body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class File:
    """What `FileServer` gives for one path.

    ``etag`` is made from the body unless given, ``""`` sends none; ``modified`` is seconds since
    1970, ``None`` sends no Last-Modified.
    """

    body: bytes
    media_type: str = "application/octet-stream"
    status: int = 200
    etag: str | None = None
    modified: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def validators(self) -> dict[str, str]:
        """The header fields that a later request may be conditional on."""
        etag = f'"{hashlib.sha256(self.body).hexdigest()[:16]}"' if self.etag is None else self.etag
        found = {"ETag": etag} if etag else {}
        if self.modified is not None:
            found["Last-Modified"] = formatdate(self.modified, usegmt=True)
        return found


class FileServer(RawServer):
    """A well-behaved server: keep-alive, ETag, Last-Modified, 304, and 404 for all else.

    ``files`` maps a path (with its query, if that matters) to a `File` or to bytes, and may be
    changed while the server runs. ``delay`` seconds pass before each answer.
    """

    def __init__(
        self,
        files: Mapping[str, File | bytes],
        *,
        delay: float = 0.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(b"", keep_alive=True, tls=tls)
        self.files = dict(files)
        self._delay = delay

    def answer(self, request: Request, number: int) -> Answer:
        """Serve a file, or say that it is unchanged or not there."""
        if self._delay:
            time.sleep(self._delay)
        found = self.files.get(request.target, self.files.get(request.target.partition("?")[0]))
        if found is None:
            return answer(b"not here", 404)
        file = File(found) if isinstance(found, bytes) else found
        validators = file.validators
        headers = {"Content-Type": file.media_type, **validators, **file.headers}
        if file.status == 200 and _unchanged(request, validators):
            return answer(b"", 304, headers, length=None)
        return answer(file.body, file.status, headers)


def _unchanged(request: Request, validators: Mapping[str, str]) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return asked == validators.get("ETag")
    since = request.headers.get("if-modified-since")
    return since is not None and since == validators.get("Last-Modified")

"""The demo: nine invented publishers on a loopback server, harvested twice, published once.

Run by ``make demo``. Works in build/demo; ends with 1 when the second night is not what it
should be: nothing changed, and the export the same bytes.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent
PLACEHOLDER = "http://127.0.0.1:8765"
FAILING = {"exempeldalen", "exempelholm"}
MEDIA_TYPES = {
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".html": "text/html",
}


class Catalogs(BaseHTTPRequestHandler):
    """Serves examples/catalogs with entity tags, and its own address in place of 8765's."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer 200, 304 or 404."""
        name = self.path.lstrip("/")
        path = EXAMPLES / "catalogs" / name
        if "/" in name or not path.is_file():
            self._answer(404, b"Not found\n", {"Content-Type": "text/plain"})
            return
        body = at_address(path.read_text(encoding="utf-8"), address(self.server)).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Content-Type": MEDIA_TYPES[path.suffix]}
        if self.headers.get("If-None-Match") == tag:
            self._answer(304, b"", headers)
        else:
            self._answer(200, body, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the harvester reports."""


def address(server: object) -> str:
    """The address that ``server`` listens on."""
    return f"http://127.0.0.1:{server.server_address[1]}"  # type: ignore[attr-defined]


def at_address(text: str, base: str) -> str:
    """Put the server's address in the place of the one the examples are written with."""
    return text.replace(PLACEHOLDER, base)


def run(folder: Path, *arguments: str, show: bool = True) -> tuple[int, str]:
    """Run harvester in ``folder`` as a user would; return its exit code and what it answered."""
    if show:
        print(f"\n$ harvester {' '.join(arguments)}", flush=True)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "harvester", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if show:
        print(done.stdout, end="", flush=True)
    return done.returncode, done.stdout


def expect(what: str, holds: bool) -> None:
    """End the demo with 1 when something is not as it should be."""
    if not holds:
        sys.exit(f"demo: this should hold but does not: {what}")


def demo(folder: Path) -> None:
    """Two nights."""
    export = folder / "export" / "se.rdf"
    code, _ = run(folder, "harvest")
    expect("the 404 and the HTML page make exit code 3, the others are stored", code == 3)
    first = export.read_bytes()
    print(f"\n$ head -n 12 {export.relative_to(folder)}")
    print("\n".join(first.decode().split("\n")[:12]))
    print("\nThe second night:")
    code, _ = run(folder, "harvest")
    expect("the second night ends like the first", code == 3)
    expect("the export is the same bytes", export.read_bytes() == first)
    sources = json.loads(run(folder, "status", "--json", show=False)[1])["sources"]
    outcomes = {source["id"]: source["outcome"] for source in sources}
    expect(
        f"all that answered are unchanged: {outcomes}",
        all((outcome == "unchanged") != (name in FAILING) for name, outcome in outcomes.items()),
    )
    run(folder, "status")
    print(f"\nNothing changed, and {export.name} is the same {len(first)} bytes.")


def main() -> None:
    """Serve, and run the demo in a fresh folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), Catalogs) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        config = (EXAMPLES / "harvester.toml").read_text(encoding="utf-8")
        config = at_address(config, address(server))
        (folder / "harvester.toml").write_text(config, encoding="utf-8")
        demo(folder)
        server.shutdown()


if __name__ == "__main__":
    main()

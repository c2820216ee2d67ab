"""Telling somebody that a run is over: one small request, bounded, whose answer is not read."""

import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from harvester.errors import FetchError
from harvester.words import Secret, Text

SECONDS: Final = 10.0
TRIES: Final = 3


def send(
    method: str,
    url: Secret,
    *,
    user_agent: str,
    body: bytes = b"",
    media_type: str = "text/plain; charset=utf-8",
    seconds: float = SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Send one request to an address that the operator wrote; redirects are not followed.

    The address may hold a secret and is in no message. Each of three tries may take ``seconds``.
    Raises FetchError: ``send-failed``.
    """
    import httpx

    parts = urlsplit(url.reveal())
    where = f"{parts.scheme}://{parts.hostname}"
    headers = {"User-Agent": user_agent}
    if body:
        headers["Content-Type"] = media_type
    reason = Text("", "")
    with httpx.Client(trust_env=False, timeout=httpx.Timeout(seconds)) as client:
        for number in range(TRIES):
            if number:
                sleep(2.0**number)
            try:
                with client.stream(
                    method, url.reveal(), content=body or None, headers=headers
                ) as answer:
                    if answer.is_success:
                        return
                    code = answer.status_code
                    reason = Text(f"servern svarade {code}", f"the server answered {code}")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                reason = Text.same(type(error).__name__)
    text = Text(
        f"{where}: gick inte att meddela på {TRIES} försök: ",
        f"{where}: not told after {TRIES} tries: ",
    )
    raise FetchError("send-failed", text + reason, url=where)

"""Every limit of the fetching room, in one place."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Times in seconds, sizes in bytes.

    ``first_byte`` runs from the sent request until the *whole* head of the answer is there, so a
    head that drips in a byte at a time does not reset it. ``total`` covers redirects, retries and
    the pauses between them, but not the wait for a turn at a busy host. ``slow_rate`` (bytes per
    second) is judged over windows of ``slow_window``. ``ratio`` (decoded to wire) is judged once
    ``ratio_from`` bytes have been decoded: small files may be very repetitive.

    ``per_host`` and ``host_interval`` are manners: at most two requests at once and four a second
    for one host. 2 000 pages, the most that paging follows, then take a little over 8 minutes,
    which fits in the 15 minutes that a source has. Hosts that a source lists in ``allow_private``
    are the operator's own and have no interval.
    """

    connect: float = 10.0
    first_byte: float = 30.0
    idle: float = 30.0
    total: float = 300.0
    slow_rate: int = KIB
    slow_window: float = 60.0
    wire: int = 200 * MIB
    decoded: int = 500 * MIB
    ratio: int = 200
    ratio_from: int = 8 * MIB
    header_bytes: int = 64 * KIB
    header_fields: int = 200
    interim_answers: int = 10
    redirects: int = 5
    url_length: int = 8000
    retries: int = 2
    backoff: float = 1.0
    retry_after: float = 60.0
    per_host: int = 2
    host_interval: float = 0.25
    keep_alive: float = 5.0

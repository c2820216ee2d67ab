"""The limits of one request while it runs: what every read from the network is measured by."""

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from harvester.errors import FetchError
from harvester.fetch.decode import megabytes
from harvester.fetch.limits import Limits
from harvester.words import Text

_INTERIM: Final = re.compile(rb"^HTTP/1\.[01] 1[0-9][0-9]\b", re.MULTILINE)


class Phase(Enum):
    """How far one request has come."""

    CONNECT = auto()
    HEAD = auto()
    BODY = auto()


class TemporaryError(FetchError):
    """An error worth another try soon. ``retry_after`` is what the server asked for, in seconds."""

    def __init__(
        self,
        event: str,
        text: Text,
        *,
        url: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(event, text, url=url, status=status)
        self.retry_after = retry_after


class Exchange:
    """One request and its answer: its deadlines and counts. Used by one thread.

    httpx and httpcore know one time-out per read, which a server that sends a byte now and then
    never meets; here each read is given what is left of the phase and of the whole request.
    ``where`` is how messages show the URL; ``deadline`` is on the ``monotonic`` clock.
    """

    def __init__(
        self, where: str, limits: Limits, monotonic: Callable[[], float], deadline: float
    ) -> None:
        self.where = where
        self.phase = Phase.CONNECT
        self.ended = False
        self.status: int | None = None
        self._limits = limits
        self._monotonic = monotonic
        self._deadline = deadline
        self._phase_deadline = monotonic() + limits.connect
        self._head = bytearray()
        self._window_start = 0.0
        self._window_bytes = 0

    def sent(self) -> None:
        """Note that the connection stands and the request is on its way."""
        self.phase = Phase.HEAD
        self._phase_deadline = self._monotonic() + self._limits.first_byte

    def answered(self, status: int) -> None:
        """Note that the head of the answer is whole."""
        self.phase = Phase.BODY
        self.status = status
        self._head.clear()
        self._window_start = self._monotonic()
        self._window_bytes = 0

    def seconds_left(self) -> float:
        """Seconds that the next wait for the network may take. Raises FetchError ``timeout``."""
        now = self._monotonic()
        end = now + self._limits.idle if self.phase is Phase.BODY else self._phase_deadline
        left = min(end, self._deadline) - now
        if left <= 0:
            raise self.timed_out()
        return left

    def may_read(self, most: int) -> int:
        """How many bytes the next read may ask for. Raises FetchError for an endless head."""
        if self.phase is not Phase.HEAD:
            return most
        if len(_INTERIM.findall(self._head)) > self._limits.interim_answers:
            raise self.error(
                "too-many-1xx",
                Text(
                    f"servern skickade över {self._limits.interim_answers} preliminära svar (1xx) "
                    "men inget riktigt",
                    f"the server sent over {self._limits.interim_answers} interim (1xx) answers "
                    "and no real one",
                ),
            )
        room = self._limits.header_bytes - len(self._head)
        if room <= 0:
            raise self.headers_too_large()
        return min(most, room)

    def received(self, data: bytes) -> None:
        """Count what came. Raises FetchError ``too-slow``."""
        if not data:
            self.ended = True
        if self.phase is Phase.HEAD:
            self._head += data
        elif self.phase is Phase.BODY:
            self._judge_speed(len(data))

    def _judge_speed(self, size: int) -> None:
        self._window_bytes += size
        now = self._monotonic()
        seconds = now - self._window_start
        if seconds < self._limits.slow_window:
            return
        if self._window_bytes < self._limits.slow_rate * seconds:
            raise self.error(
                "too-slow",
                Text(
                    f"innehållet kom långsammare än {self._limits.slow_rate} byte i sekunden "
                    f"under {self._limits.slow_window:g} s",
                    f"the body came slower than {self._limits.slow_rate} bytes a second "
                    f"for {self._limits.slow_window:g} s",
                ),
            )
        self._window_start = now
        self._window_bytes = 0

    def timed_out(self) -> FetchError:
        """The error for a wait that ended without the network."""
        limits = self._limits
        if self._monotonic() >= self._deadline:
            why = Text(
                f"hämtningen tog över {limits.total:g} s totalt",
                f"the request took over {limits.total:g} s in all",
            )
        elif self.phase is Phase.CONNECT:
            why = Text(
                f"ingen förbindelse inom {limits.connect:g} s; är servern igång?",
                f"no connection within {limits.connect:g} s; is the server up?",
            )
        elif self.phase is Phase.HEAD:
            why = Text(
                f"inget svar inom {limits.first_byte:g} s",
                f"no answer within {limits.first_byte:g} s",
            )
        else:
            why = Text(
                f"inget kom på {limits.idle:g} s mitt i innehållet",
                f"nothing came for {limits.idle:g} s in the middle of the body",
            )
        return self.error("timeout", why)

    def headers_too_large(self) -> FetchError:
        """The error for a head over the limits."""
        size, fields = megabytes(self._limits.header_bytes), self._limits.header_fields
        return self.error(
            "headers-too-large",
            Text(
                f"svarets huvuden är över {size} eller {fields} fält",
                f"the answer's headers are over {size} or {fields} fields",
            ),
        )

    def error(self, event: str, why: Text) -> FetchError:
        """A FetchError about this request."""
        return FetchError(event, f"{self.where}: " + why, url=self.where, status=self.status)

    def temporary(self, event: str, why: Text) -> TemporaryError:
        """A FetchError about this request that another try may cure."""
        return TemporaryError(event, f"{self.where}: " + why, url=self.where, status=self.status)

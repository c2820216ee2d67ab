"""A progress bar that only a person at a terminal sees, and only when it takes a while."""

import sys
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from harvester.cli.output import is_terminal
from harvester.events import Event

if TYPE_CHECKING:
    import rich.progress

DELAY_SECONDS: Final = 2.0


class Progress:
    """Counts finished sources; the bar appears on stderr after two seconds."""

    def __init__(self, text: str, total: int, *, quiet: bool, delay: float = DELAY_SECONDS) -> None:
        self._text = text
        self._total = total
        self._done = 0
        self._lock = Lock()
        self._bar: rich.progress.Progress | None = None
        self._wanted = is_terminal(sys.stderr) and not quiet and total > 0
        self._timer = Timer(delay, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if self._wanted:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._wanted = False
            if self._bar is not None:
                self._bar.stop()

    def tell(self, event: Event) -> None:
        """Count the sources that have ended."""
        if event.name != "source-ended":
            return
        with self._lock:
            self._done += 1
            if self._bar is not None:
                self._bar.advance(self._bar.task_ids[0])

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        with self._lock:
            if not self._wanted:
                return
            self._bar = Bar(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.add_task(self._text, total=self._total, completed=self._done)
            self._bar.start()

"""Evaluate in a process of its own, which is ended when it takes too long or too much."""

import gc
import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Final, NoReturn

import msgspec

from harvester.errors import HarvesterError, StoreError, UsageError
from harvester.rdf.graph import Graph
from harvester.sparql.answer import Answer, Failed, Refused, Solutions, Triples, Truth
from harvester.words import Text
from harvester.worker.wall import raise_wall

_MIB: Final = 1024 * 1024
_TO_SAY_SO: Final = 64 * _MIB  # memory for saying that there was too little
_ANSWER: Final = msgspec.msgpack.Decoder(Solutions | Truth | Triples | Refused | Failed)


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What one query may use: seconds of wall clock, bytes of memory, rows (all: ``None``)."""

    seconds: float = 60.0
    memory: int = 4096 * _MIB
    rows: int | None = None


def ask_in_child(text: str, load: Callable[[], Graph], limits: QueryLimits) -> Answer:
    """Answer a SPARQL query over the graph that ``load`` gives, which runs in the child.

    The child may open no socket and write no file while it evaluates. Raises ``UsageError`` for a
    query that is refused, wrong, too slow or too large, ``StoreError`` when loading does.
    """
    theirs, ours = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        theirs.close()
        _become_child(ours, text, load, limits)
    ours.close()
    try:
        return _wait(theirs, limits)
    finally:
        theirs.close()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _wait(answers: Connection, limits: QueryLimits) -> Answer:
    deadline = time.monotonic() + limits.seconds
    if not answers.poll(max(0.0, deadline - time.monotonic())):
        raise UsageError(
            Text(
                f"fråga: avbruten efter {limits.seconds:g} s; fråga efter mindre, eller ge den mer"
                " med --timeout",
                f"query: stopped after {limits.seconds:g} s; ask for less, or allow it more with"
                " --timeout",
            )
        )
    try:
        answer: Answer | Refused | Failed = _ANSWER.decode(answers.recv_bytes())
    except EOFError as error:
        raise HarvesterError(
            Text(
                "processen som utvärderade frågan försvann",
                "the process that evaluated the query was lost",
            )
        ) from error
    if isinstance(answer, Refused):
        raise UsageError(Text("fråga: ", "query: ") + answer.reason)
    if isinstance(answer, Failed):
        if answer.kind == StoreError.__name__:
            raise StoreError(answer.message)
        raise HarvesterError(
            Text(
                f"frågan kunde inte utvärderas: {answer.kind}: ",
                f"evaluating the query: {answer.kind}: ",
            )
            + answer.message
        )
    return answer


def _become_child(
    connection: Connection, text: str, load: Callable[[], Graph], limits: QueryLimits
) -> NoReturn:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory + _TO_SAY_SO))
        cpu = int(limits.seconds) + 5  # for a parent that is killed and cannot stop it
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        connection.send_bytes(msgspec.msgpack.encode(_answer(text, load, limits)))
    finally:
        os._exit(0)


def _answer(text: str, load: Callable[[], Graph], limits: QueryLimits) -> Answer | Refused | Failed:
    try:
        from harvester.sparql.ask import RefusedError, ask

        try:
            gc.disable()  # it lives for one question
            return ask(text, load, limits.rows, raise_wall)
        except RefusedError as error:
            return error.answer
    except (MemoryError, SystemError):  # the latter where C code does not say what was missing
        most = limits.memory + _TO_SAY_SO
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return Refused(
            "memory",
            Text(
                f"tar mer än {limits.memory // _MIB} MiB minne; fråga efter mindre",
                f"takes more than {limits.memory // _MIB} MiB of memory; ask for less",
            ),
        )
    except RecursionError:
        return Refused("deep", Text("för djupt nästlad", "nested too deep"))
    except Exception as error:  # noqa: BLE001 - the border: whatever happens is told, not raised
        said = error.text if isinstance(error, HarvesterError) else Text.same(str(error))
        return Failed(
            type(error).__name__, Text(" ".join(said.sv.split()), " ".join(said.en.split()))
        )

"""The child processes that read what strangers wrote: one a source, forked from a warm server.

Importing the parsers and compiling the rules takes a quarter of a second, forking a process that
has done so a few milliseconds. A child has no secrets in its environment and hard limits on
memory and CPU time; it may die in any way, and the run goes on and says why. What crosses the
border is MessagePack, decoded into declared types, never pickle.
"""

from harvester.worker.messages import Limits
from harvester.worker.parent import Worker, WorkerServer

__all__ = ["Limits", "Worker", "WorkerServer"]

"""Speaking up after a run: health check, webhook, mail, Prometheus. Floor 2."""

from harvester.notify.hooks import Ended, at_end, at_start
from harvester.notify.metrics import prometheus

__all__ = ["Ended", "at_end", "at_start", "prometheus"]

"""What one normalising step changed in one resource."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normalisation:
    """One change that a normalising step made.

    ``before`` and ``after`` are N-Triples terms, with their properties before them where the
    property changed; ``after`` is empty where nothing took the place. ``path`` is empty where the
    subject itself was mended. ``certainty`` is ``exact`` or, for what a publisher probably meant,
    ``assumed``; each of those is also told in a finding.
    """

    step: str
    resource: str
    path: str
    before: str
    after: str
    certainty: str = "exact"

    @property
    def assumed(self) -> bool:
        """Whether this is what a publisher probably meant."""
        return self.certainty != "exact"

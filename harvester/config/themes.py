"""Themes as people write them: the code of an EU data theme, its label, or any theme's IRI."""

from harvester.config.diagnose import nearest
from harvester.errors import UsageError
from harvester.normalize.tables import codes, fold
from harvester.words import Text


def theme_iri(text: str) -> str:
    """The IRI of a theme: of ``ENVI`` or ``Miljö``; an IRI is given back as it is.

    Raises ``UsageError`` with the nearest theme.
    """
    known = codes("data-theme")
    found = known.get(fold(text).replace(" ", ""))
    if found is not None:
        return found.value
    if text.startswith(("http://", "https://")):
        return text
    names = sorted({one.value.rpartition("/")[2] for one in known.values()})
    raise UsageError(
        Text(f'inget EU-tema heter "{text}"', f'no EU data theme is called "{text}"')
        + nearest(text.upper(), names)
    )

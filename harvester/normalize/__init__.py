"""Normalising: what publishers write in many ways, the store says in one.

Each step is a pure, idempotent, table-driven file of its own that leaves alone what it does not
understand. Every change is recorded with the publisher's words; what is assumed, and not known, is
also told in a finding. Adding a step is a file and a line in ``MODULES``.
"""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harvester.errors import ConfigError
from harvester.normalize import (
    agent,
    byte_size,
    checksum,
    closed_list,
    contact,
    dates,
    format,  # noqa: A004  the name of the step
    frequency,
    geometry,
    iri,
    labelled,
    language,
    licence,
    links,
    markup,
    place,
    publisher,
    temporal,
    text,
    theme,
    versions,
    words,
)
from harvester.normalize.normaliser import Normaliser
from harvester.normalize.own import own_steps
from harvester.normalize.step import Step
from harvester.normalize.work import Normalised
from harvester.settings import Recipe
from harvester.words import Text

__all__ = ["STEPS", "Normalised", "Normaliser", "make_normaliser", "select_steps"]

MODULES: Final = (
    contact,  # before iri, which would encode the spaces of a telephone number
    links,  # before iri, which encodes what they have that an IRI may not
    iri,
    text,
    markup,
    language,
    words,
    versions,
    publisher,
    agent,
    labelled,
    licence,
    format,
    frequency,
    theme,
    closed_list,
    place,
    geometry,
    temporal,
    dates,
    byte_size,
    checksum,
)


def _by_name() -> Mapping[str, tuple[Step, ...]]:
    found: dict[str, tuple[Step, ...]] = {}
    for module in MODULES:
        for step in module.STEPS:
            found[step.name] = (*found.get(step.name, ()), step)
    return MappingProxyType(found)


STEPS: Final = _by_name()
"""The steps by the name that a configuration gives them, in the order in which they run."""


def make_normaliser(recipe: Recipe) -> Normaliser:
    """The normaliser of one source; raises ``ConfigError`` for a step that there is not."""
    chosen = select_steps(recipe.steps)
    own = own_steps(recipe.mappings, recipe.rewrites)
    return Normaliser([*own, *(step for name in chosen for step in STEPS[name])])


def select_steps(names: Iterable[str]) -> tuple[str, ...]:
    """The named steps in the order in which they run; raises ``ConfigError`` for an unknown one."""
    wanted = set(names)
    for name in sorted(wanted - STEPS.keys()):
        near = difflib.get_close_matches(name, STEPS, n=1, cutoff=0.5)
        known = ", ".join(STEPS)
        raise ConfigError(
            Text(f'inget steg heter "{name}"', f'no step is called "{name}"')
            + (Text(f' (menade du "{near[0]}"?)', f' (did you mean "{near[0]}"?)') if near else "")
            + Text(f"; här finns: {known}", f"; known: {known}")
        )
    return tuple(name for name in STEPS if name in wanted)

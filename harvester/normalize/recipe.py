"""Which steps a source gets, and what of its own: source over program over profile over all."""

import hashlib

from harvester.normalize import STEPS, select_steps
from harvester.rules.profile import Profile
from harvester.settings import Recipe, Settings, Source


def recipe_of(source: Source, settings: Settings, profile: Profile) -> Recipe:
    """The recipe of a source; raises ``ConfigError`` for a step that there is not."""
    for named in (source.normalise, settings.normalise, profile.normalise or None):
        if named is not None:
            return Recipe(select_steps(named), source.mappings, source.rewrites)
    return Recipe(tuple(STEPS), source.mappings, source.rewrites)


def own_words(recipe: Recipe) -> tuple[str, ...]:
    """A word that changes when a source's own mappings or rewrites do; none without any."""
    if not recipe.mappings and not recipe.rewrites:
        return ()
    digest = hashlib.sha256(repr((recipe.mappings, recipe.rewrites)).encode())
    return (f"mapping:{digest.hexdigest()[:16]}",)

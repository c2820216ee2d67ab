from dataclasses import replace
from pathlib import Path

import pytest

from harvester.errors import ConfigError
from harvester.normalize import STEPS
from harvester.normalize.recipe import own_words, recipe_of
from harvester.profile import load_profile
from harvester.settings import Settings, Source, ValueMapping

PROFILE = load_profile("dcat-ap-se")
SETTINGS = Settings(Path(), Path(), "", "", "all", {}, ())
SOURCE = Source("a", "https://exempel.se/a")


def test_the_nearest_choice_counts():
    """All steps, unless the profile, the program or, first of all, the source names some."""
    profile = replace(PROFILE, normalise=("text", "iri"))
    settings = replace(SETTINGS, normalise=("dates",))
    assert recipe_of(SOURCE, SETTINGS, PROFILE).steps == tuple(STEPS)
    assert recipe_of(SOURCE, SETTINGS, profile).steps == ("iri", "text")
    assert recipe_of(SOURCE, settings, profile).steps == ("dates",)
    assert recipe_of(replace(SOURCE, normalise=()), settings, profile).steps == ()


def test_a_changed_mapping_is_noticed():
    """The word that the store compares differs when a source's own mappings do."""
    mapped = [
        recipe_of(replace(SOURCE, mappings=(ValueMapping("p", "a", new),)), SETTINGS, PROFILE)
        for new in ("b", "c")
    ]
    words = {own_words(recipe) for recipe in mapped}
    assert len(words) == 2
    assert own_words(recipe_of(SOURCE, SETTINGS, PROFILE)) == ()


def test_a_profile_that_names_no_step_is_told(tmp_path):
    """File, line, key and the nearest name."""
    path = tmp_path / "own.toml"
    path.write_text('id = "own"\nnormalise = ["licenses"]\n', "utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml:2: normalise: .*did you mean 'licence'"):
        load_profile(path)

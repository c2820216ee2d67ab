"""What ``harvester init`` writes: a configuration that runs as it is, and a catalog to harvest."""

from importlib.resources import files
from pathlib import Path

from harvester.errors import UsageError
from harvester.words import Text

CONFIG = "harvester.toml"
EXAMPLE = "exempel.ttl"


def write_starter(folder: Path, lang: str) -> Path:
    """Write the starter files, never over existing ones; return the configuration's path.

    Raises ``UsageError`` when one of them exists.
    """
    data = files("harvester") / "data" / "starter"
    config, example = folder / CONFIG, folder / EXAMPLE
    for path in (config, example):
        if path.exists():
            raise UsageError(
                Text(
                    f"{path} finns redan och lämnas som den är; ange en annan mapp",
                    f"{path} exists already and is left as it is; name another folder",
                )
            )
    folder.mkdir(parents=True, exist_ok=True)
    language = lang if lang == "sv" else "en"
    example.write_bytes((data / EXAMPLE).read_bytes())
    config.write_bytes((data / f"harvester.{language}.toml").read_bytes())
    return config

"""``validate --fix``: each local file is mended where it lies, or shown as it would be."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from harvester.cli import output
from harvester.cli.session import Session
from harvester.errors import SourceError, UsageError
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.fetch.bodies import BodyStore
    from harvester.fix import Fixed
    from harvester.rules.profile import Profile
    from harvester.rules.rule import Rule


def fix_inputs(
    session: Session, inputs: Sequence[str], *, profile: str, engine: str, write: bool
) -> None:
    """Mend every file of ``inputs``; without ``write`` print what would change, as a diff.

    What was done is told on stderr. Files that cannot be read are left to the validation, which
    says why. Raises ``UsageError`` for an input that is no file, before any file is changed, and
    ``DiskFullError`` where a file cannot be written.
    """
    for name in inputs:
        if name == "-" or name.lower().startswith(("http://", "https://")):
            raise UsageError(
                Text(
                    f"--fix ändrar filer och {name} är ingen fil; spara den som en fil först",
                    f"--fix edits files, and {name} is none; save it to a file first",
                )
            )
    from harvester.fetch.bodies import BodyStore
    from harvester.profile import load_profile
    from harvester.report.fixes import fix_lines
    from harvester.rules.book import rule_book

    loaded = load_profile(profile)
    rules: Mapping[str, Rule] = {}
    with TemporaryDirectory(prefix="harvester-fix-") as folder:
        for path, base in _files(inputs):
            fixed = _fixed(path, base, BodyStore(Path(folder)), loaded, engine)
            if fixed is None:
                continue
            if fixed.old != fixed.new:
                _write(path, fixed) if write else _show(str(path), fixed)
                rules = rules or rule_book(loaded)
            if session.quiet and not fixed.unplaced:
                continue
            session.problems(fix_lines(str(path), fixed, rules, session.lang, written=write))


def _files(inputs: Sequence[str]) -> Iterator[tuple[Path, Path | None]]:
    """Each file, with the folder that it was found in."""
    from harvester.fetch.file import list_folder

    for name in inputs:
        path = Path(name)
        if path.is_dir():
            yield from ((file, path) for file in list_folder(path))
        else:
            yield path, None


def _fixed(
    path: Path, base: Path | None, bodies: "BodyStore", profile: "Profile", engine: str
) -> "Fixed | None":
    """What mending one file gives; ``None`` where it cannot be read."""
    from harvester.fetch.file import read_file
    from harvester.fix import Fixed, fix_document
    from harvester.rules.judge import validate

    try:
        document = read_file(path, bodies, folder=base)
        body = document.path.read_bytes()
        if body != path.read_bytes():  # gzip: what was read is not what the file holds
            return Fixed(body, body, reason="packed")
        return fix_document(
            body,
            url=document.final_url,
            judge=partial(validate, profile=profile, engine=engine),
            vocabulary=profile.vocabulary.spo,
        )
    except SourceError:
        return None


def _write(path: Path, fixed: "Fixed") -> None:
    from harvester.export.atomic import replacing

    with replacing(path) as (file, _):
        file.write(fixed.new)
        if path.read_bytes() != fixed.old:
            raise UsageError(
                Text(
                    f"{path} ändrades av någon annan medan den rättades; kör --fix igen",
                    f"{path} changed while it was being mended; run --fix again",
                )
            )


def _show(name: str, fixed: "Fixed") -> None:
    from harvester.report.fixes import unified_diff
    from harvester.report.terminal import visible

    texts = (fixed.text(fixed.old), fixed.text(fixed.new))
    # A diff keeps its tabs and carriage returns, so that it can be applied.
    output.write_lines(
        "".join(char if char in "\t\r" else visible(char) for char in line)
        for line in unified_diff(name, *texts)
    )

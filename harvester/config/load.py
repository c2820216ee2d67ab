"""From harvester.toml to :class:`Settings`: everything checked before any request is sent."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

import msgspec
from msgspec import UNSET, UnsetType

from harvester.config.addresses import check_network, read_url
from harvester.config.bounded import parse, read_text
from harvester.config.diagnose import explain, nearest
from harvester.config.exports import read_choice, read_publication
from harvester.config.file import ConfigFile, SecretRef, SourceTable
from harvester.config.lines import KeyPath, line_of
from harvester.config.measures import most_removed, span
from harvester.config.own_words import read_mappings, read_rewrites
from harvester.config.secrets import read_address, read_headers
from harvester.errors import ConfigError
from harvester.rules.ignores import Ignore
from harvester.settings import Budget, Log, NationalCatalog, Notify, Retention, Settings, Source
from harvester.words import Secret, Text

_MAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


def load_settings(
    path: Path, *, environ: Mapping[str, str], secrets: bool = True, store: Path | None = None
) -> Settings:
    """Read, check and resolve harvester.toml; relative paths are relative to the file.

    ``environ`` is where ``{ env = "HARVESTER_..." }`` is looked up. With ``secrets=False`` no
    secret is read and sources carry no headers: for commands that send nothing. ``store``
    overrides the file's. Raises ``ConfigError`` as ``file:line: key: what; what to do``.
    """
    text = read_text(path)
    return _Loader(path, text).settings(environ if secrets else None, store)


def load_ignores(path: Path) -> tuple[tuple[Ignore, ...], Mapping[str, str]]:
    """Return the ``[[ignore]]`` tables of a file, and the id of the source at each address.

    The whole file is checked, but nothing else of it is used: no secret is read, no store or
    export is named, so that a repository's configuration is safe to validate with (security-cases
    S83). Raises ``ConfigError``.
    """
    return _Loader(path, read_text(path)).ignores()


def parse_config(text: str, path: Path) -> ConfigFile:
    """Parse and type-check the text of a configuration without resolving anything.

    Raises ``ConfigError``.
    """
    return _Loader(path, text).file


class _Loader:
    """One reading of one file; it knows the text, so that every error has a line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        data = parse(text, path)
        try:
            self.file = msgspec.convert(data, ConfigFile)
        except msgspec.ValidationError as error:
            self.fail(*explain(str(error), data))

    def settings(self, environ: Mapping[str, str] | None, store: Path | None) -> Settings:
        table = self.file.harvester
        folder = self.path.resolve().parent
        warnings: list[Text] = []
        self._check_ids()
        self._check_user_agent(table.user_agent)
        tables = {
            target: entry
            for target, entry in (("se", self.file.export.se), ("eu", self.file.export.eu))
            if entry is not msgspec.UNSET
        }
        return Settings(
            path=self.path.resolve(),
            store=store.resolve() if store else folder / table.store,
            user_agent=table.user_agent,
            profile=_profile(table.profile, folder),
            publish=table.publish,
            exports=MappingProxyType({name: folder / one.path for name, one in tables.items()}),
            publications=MappingProxyType(
                {
                    name: read_publication(one, folder, self._inside("export", name))
                    for name, one in tables.items()
                }
            ),
            sources=tuple(
                self._source(index, entry, folder, environ, warnings)
                for index, entry in enumerate(self.file.source)
            ),
            catalog=self._catalog(),
            notify=self._notify(folder, environ, warnings),
            retention=Retention(
                runs=span(self.file.retention.runs), bodies=span(self.file.retention.bodies)
            ),
            limits=Budget(span(self.file.limits.run), span(self.file.limits.source)),
            log=Log(
                self.file.log.format or "",
                folder / self.file.log.file if self.file.log.file else None,
            ),
            jobs=table.jobs,
            lang=table.lang or "",
            warnings=tuple(warnings),
            normalise=self._steps(("harvester", "normalise"), table.normalise),
            choices=MappingProxyType(
                {
                    name: read_choice(name, one, self._inside("export", name))
                    for name, one in tables.items()
                }
            ),
        )

    def ignores(self) -> tuple[tuple[Ignore, ...], Mapping[str, str]]:
        settings = self.settings(None, None)
        known = [source.id for source in settings.sources]
        for index, entry in enumerate(self.file.ignore):
            if entry.source and entry.source not in known:
                why = Text(
                    f'ingen källa heter "{entry.source}"', f'no source is called "{entry.source}"'
                )
                self.fail(("ignore", index, "source"), why + nearest(entry.source, known))
        found = tuple(
            Ignore(
                place=f"{self.path}:{line_of(self.text, ('ignore', index))}",
                code=entry.code,
                reason=entry.reason,
                focus=entry.focus,
                dataset=entry.dataset,
                source=entry.source,
                until=None if entry.until is msgspec.UNSET else entry.until,
            )
            for index, entry in enumerate(self.file.ignore)
        )
        return found, {source.url: source.id for source in settings.sources}

    def _source(
        self,
        index: int,
        entry: SourceTable,
        folder: Path,
        environ: Mapping[str, str] | None,
        warnings: list[Text],
    ) -> Source:
        at = ("source", index)
        inside = self._inside(*at)
        url = read_url(entry.url, folder, partial(inside, ("url",)))
        for position, network in enumerate(entry.allow_private):
            check_network(network, partial(inside, ("allow_private", position)))
        return Source(
            id=entry.id,
            url=url,
            title=entry.title,
            type=entry.type,
            priority=None if entry.priority is msgspec.UNSET else entry.priority,
            sector=entry.sector,
            aggregator=entry.aggregator,
            profile=_profile(entry.profile, folder),
            publish=entry.publish or "",
            headers=read_headers(
                entry.headers,
                folder=folder,
                environ=environ,
                warnings=warnings,
                fail=lambda name, why: self.fail((*at, "headers", name), why),
            ),
            allow_private=tuple(entry.allow_private),
            max_removed=most_removed(entry.max_removed, partial(inside, ("max_removed",))),
            normalise=self._steps((*at, "normalise"), entry.normalise),
            mappings=read_mappings(
                entry.mapping, lambda n, key, why: self.fail((*at, "mapping", n, key), why)
            ),
            rewrites=read_rewrites(
                entry.rewrite, lambda key, why: self.fail((*at, "rewrite", key), why)
            ),
        )

    def _catalog(self) -> NationalCatalog | None:
        table = self.file.catalog
        if table is msgspec.UNSET:
            return None
        return NationalCatalog(
            iri=table.iri,
            title=MappingProxyType(dict(table.title)),
            description=MappingProxyType(dict(table.description)),
            publisher=table.publisher,
            license=table.license,
        )

    def _notify(
        self, folder: Path, environ: Mapping[str, str] | None, warnings: list[Text]
    ) -> Notify:
        table = self.file.notify
        if table.mail and _MAIL.fullmatch(table.mail) is None:
            self.fail(
                ("notify", "mail"),
                Text(
                    f'"{table.mail}" är ingen e-postadress', f'"{table.mail}" is not a mail address'
                ),
            )

        def address(name: str, value: str | SecretRef | msgspec.UnsetType) -> Secret | None:
            if value is msgspec.UNSET:
                return None
            return read_address(
                name,
                value,
                folder=folder,
                environ=environ,
                warnings=warnings,
                fail=lambda key, why: self.fail(("notify", key), why),
            )

        return Notify(
            healthcheck=address("healthcheck", table.healthcheck),
            webhook=address("webhook", table.webhook),
            mail=table.mail,
            metrics=folder / table.metrics if table.metrics else None,
        )

    def _steps(self, at: KeyPath, names: list[str] | UnsetType) -> tuple[str, ...] | None:
        if names is UNSET:
            return None
        from harvester.normalize import select_steps

        try:
            return select_steps(names)
        except ConfigError as error:
            self.fail(at, error.text)

    def _check_ids(self) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(self.file.source):
            if entry.id in seen:
                self.fail(
                    ("source", index, "id"),
                    Text(
                        f'"{entry.id}" används två gånger; varje källa har sitt eget id',
                        f'"{entry.id}" is used twice; ids are unique',
                    ),
                )
            seen.add(entry.id)

    def _check_user_agent(self, value: str) -> None:
        if not value.isascii() or not value.isprintable():
            self.fail(
                ("harvester", "user_agent"),
                Text(
                    "bara skrivbar ASCII kan skickas i ett huvud",
                    "only printable ASCII can be sent in a header",
                ),
            )

    def _inside(self, *table: str | int) -> Callable[[KeyPath, Text], NoReturn]:
        return lambda at, why: self.fail((*table, *at), why)

    def fail(self, at: KeyPath, why: Text) -> NoReturn:
        line = line_of(self.text, at)
        key = Text.same(_dotted(at, self.file_ids())) if at else Text("filen", "the file")
        raise ConfigError(f"{self.path}:{line}: " + key + ": " + why)

    def file_ids(self) -> list[str]:
        return [entry.id for entry in self.file.source] if hasattr(self, "file") else []


def _profile(value: str, folder: Path) -> str:
    """A profile's name as it is, a profile's file as an absolute path."""
    return str((folder / value).resolve()) if value.endswith(".toml") else value


def _dotted(at: KeyPath, ids: list[str]) -> str:
    text = ""
    for step in at:
        if isinstance(step, int):
            text += f"[{ids[step] if text == 'source' and step < len(ids) else step + 1}]"
        else:
            text += f".{step}" if text else step
    return text

"""Two values that every room uses: a text for people, and what nobody may see."""

from dataclasses import dataclass


class Secret:
    """A value that no output may show; ``reveal`` is called where it is sent and nowhere else."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in Swedish and English."""

    sv: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the text in ``sv``, or in English for any other language."""
        return self.sv if lang == "sv" else self.en

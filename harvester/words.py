"""What every room uses: a text for people, an error made of one, and what nobody may see."""

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

    def replaced(self, old: str, new: str) -> "Text":
        """The text with ``new`` wherever it has ``old``, in both languages."""
        return Text(self.sv.replace(old, new), self.en.replace(old, new))

    @classmethod
    def same(cls, text: str) -> "Text":
        """A text without a word of ours, such as a parser's own: the same in both languages."""
        return cls(text, text)

    def __add__(self, end: "Text | str") -> "Text":
        """Put ``end`` after the text; a ``str`` is the same in both languages."""
        more = Text.same(end) if isinstance(end, str) else end
        return Text(self.sv + more.sv, self.en + more.en)

    def __radd__(self, start: str) -> "Text":
        """Put ``start``, such as a file's name, before the text."""
        return Text(start + self.sv, start + self.en)


class NotUnderstoodError(ValueError):
    """A value that cannot be read, and why; who asked for it says where it stands."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

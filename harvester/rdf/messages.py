"""What reading says about a document: one code a kind of defect, in Swedish and English.

A code is never given a new meaning and never reused.
"""

from typing import Final

from harvester.model import Finding, Severity
from harvester.terms import Literal, Term
from harvester.words import Text

MESSAGES: Final[dict[str, tuple[Severity, Text]]] = {
    "RD001": (
        Severity.WARNING,
        Text(
            "Dokumentet är inte giltig {syntax} och lästes med en mildare tolk: {error}. "
            "Rätta felet, andra läsare avvisar hela katalogen.",
            "The document is not valid {syntax} and was read by a more tolerant parser: {error}. "
            "Correct it, other readers refuse the whole catalog.",
        ),
    ),
    "RD002": (
        Severity.WARNING,
        Text(
            "Dokumentet säger sig vara {declared}, men {count} byte lästes som {actual}, den "
            "första är byte {offset}. Spara dokumentet som UTF-8.",
            "The document claims to be {declared}, but {count} byte(s) were read as {actual}, the "
            "first is byte {offset}. Save the document as UTF-8.",
        ),
    ),
    "RD003": (
        Severity.ERROR,
        Text(
            "Byte {offset} är inte giltig {declared} och går inte att tolka, så påståendet "
            "lämnades utanför. Spara dokumentet som UTF-8.",
            "Byte {offset} is not valid {declared} and cannot be interpreted, so the statement was "
            "set aside. Save the document as UTF-8.",
        ),
    ),
    "RD004": (
        Severity.INFO,
        Text(
            "Dokumentet har namngivna grafer ({count}, t.ex. {example}); namnen används inte och "
            "alla påståenden läses som en graf.",
            "The document has named graphs ({count}, such as {example}); the names are not used "
            "and all statements are read as one graph.",
        ),
    ),
    "RD005": (
        Severity.ERROR,
        Text(
            "Relativa IRI:er ({count}, t.ex. {example}) tolkades mot {base}. Skriv dem absoluta, "
            "dataportalen kräver det.",
            "Relative IRIs ({count}, such as {example}) were resolved against {base}. Write them "
            "absolute, the data portal requires it.",
        ),
    ),
    "RD006": (
        Severity.ERROR,
        Text(
            "Ogiltig IRI: {what_sv}. Koda tecknet (mellanslag som %20) eller rätta adressen.",
            "Invalid IRI: {what_en}. Percent-encode the character (a space as %20) or correct the "
            "address.",
        ),
    ),
    "RD007": (
        Severity.ERROR,
        Text(
            "IRI:n är {length} tecken lång, gränsen är {limit}. Använd en kortare adress.",
            "The IRI is {length} characters long, the limit is {limit}. Use a shorter address.",
        ),
    ),
    "RD008": (
        Severity.ERROR,
        Text(
            "IRI:n börjar med {scheme}, som ingen annan kan följa. Använd en https-adress.",
            "The IRI starts with {scheme}, which nobody else can follow. Use an https address.",
        ),
    ),
    "RD009": (
        Severity.ERROR,
        Text(
            "Språktaggen {tag} är inte giltig enligt BCP 47{hint_sv}",
            "The language tag {tag} is not valid by BCP 47{hint_en}",
        ),
    ),
    "RD010": (
        Severity.ERROR,
        Text(
            "Texten innehåller styrtecknet {character}, som inte kan skrivas i XML. Ta bort det.",
            "The text has the control character {character}, which XML cannot carry. Remove it.",
        ),
    ),
    "RD011": (
        Severity.ERROR,
        Text(
            "Texten innehåller ett halvt tecken ({character}, ensamt surrogat). Skriv hela tecknet "
            "eller ta bort det.",
            "The text has half a character ({character}, a lone surrogate). Write the whole "
            "character or remove it.",
        ),
    ),
    "RD012": (
        Severity.ERROR,
        Text(
            "Texten är {length} tecken lång, gränsen är {limit}, så den lämnades utanför. "
            "Lägg långa texter på en webbsida och länka dit.",
            "The text is {length} characters long, the limit is {limit}, so it was set aside. Put "
            "long texts on a web page and link to it.",
        ),
    ),
    "RD013": (
        Severity.ERROR,
        Text(
            "Ett påstående om ett påstående (RDF 1.2 triple term) lämnades utanför. DCAT-AP "
            "bygger på RDF 1.1; uttryck det med en egen resurs.",
            "A statement about a statement (RDF 1.2 triple term) was set aside. DCAT-AP builds on "
            "RDF 1.1; express it with a resource of its own.",
        ),
    ),
    "RD014": (
        Severity.ERROR,
        Text(
            "Talet har fler än {digits} tecken eller en exponent över {exponent} och räknas inte "
            "med. Skriv ett rimligt värde.",
            "The number has over {digits} characters or an exponent over {exponent} and is not "
            "computed with. Write a reasonable value.",
        ),
    ),
    "RD015": (
        Severity.INFO,
        Text(
            "{count} påståenden om sidbläddring (Hydra) hör till transporten och sparas inte.",
            "{count} paging statements (Hydra) belong to the transport and are not stored.",
        ),
    ),
    "RD016": (
        Severity.ERROR,
        Text(
            "Ett påstående gick inte att läsa och hoppades över: {error}. Rätta raden och skörda "
            "igen.",
            "A statement could not be read and was skipped: {error}. Correct the line and harvest "
            "again.",
        ),
    ),
    "RD017": (
        Severity.WARNING,
        Text(
            "XML-deklarationen står inte först i dokumentet. Ta bort tecknen före <?xml, strikta "
            "läsare avvisar annars allt.",
            "The XML declaration is not at the very start. Remove what stands before <?xml, or "
            "strict readers refuse everything.",
        ),
    ),
    "RD018": (
        Severity.WARNING,
        Text(
            "JSON-nyckeln {key} finns inte i @context, så värdet lämnades utanför. Lägg till "
            "nyckeln i @context eller ta bort den.",
            "The JSON key {key} is not in the @context, so its value was set aside. Add the key to "
            "the @context or remove it.",
        ),
    ),
    "RD020": (
        Severity.WARNING,
        Text(
            "Byte {offset} är inte giltig {declared} men står utanför alla värden. Spara "
            "dokumentet som UTF-8.",
            "Byte {offset} is not valid {declared} but stands outside all values. Save the "
            "document as UTF-8.",
        ),
    ),
    "RD019": (
        Severity.WARNING,
        Text(
            "Ytterligare {count} fel av slaget {kind} i dokumentet visas inte ett och ett.",
            "Another {count} defects of kind {kind} in the document are not listed one by one.",
        ),
    ),
    "RD051": (
        Severity.INFO,
        Text(
            "{count} påståenden blev lika med andra när de normaliserades och sparas en gång.",
            "{count} statements became equal to others when they were normalised and are stored "
            "once.",
        ),
    ),
    "RD060": (
        Severity.WARNING,
        Text(
            "{before} tolkades som {after}, vilket är ett antagande. Skriv värdet så, eller det "
            "som menas.",
            "{before} was read as {after}, which is an assumption. Write the value so, or what is "
            "meant.",
        ),
    ),
    "RD050": (
        Severity.ERROR,
        Text(
            "Påståendet kan inte lagras eller publiceras ({reason}) och lämnades utanför. Rätta "
            "värdet enligt den andra anmärkningen om det.",
            "The statement can be neither stored nor published ({reason}) and was set aside. "
            "Correct the value as the other finding about it says.",
        ),
    ),
}

_SHOWN = 200


def finding(
    code: str,
    focus: str,
    *,
    path: str = "",
    value: Term | None = None,
    line: int = 0,
    column: int = 0,
    triples: int = 0,
    **facts: object,
) -> Finding:
    """Build a finding from its code and the facts its text names."""
    severity, template = MESSAGES[code]
    shown = {name: clip(str(fact)) for name, fact in facts.items()}
    return Finding(
        code=code,
        severity=severity,
        focus=focus,
        message=Text(template.sv.format(**shown), template.en.format(**shown)),
        path=path,
        value=value,
        line=line,
        column=column,
        triples=triples,
    )


def clip(text: str, length: int = _SHOWN) -> str:
    """Shorten a value for a message; control characters and half characters become visible."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


def shown(term: Term) -> str:
    """The text of a term, for a message."""
    return term.value if isinstance(term, Literal) else term

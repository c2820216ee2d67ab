"""Bytes and syntax: what a document as a whole, or a statement in it, does wrong."""

from typing import Final

from harvester.model import Severity
from harvester.rules.rule import Rule, reading_rule

_XML = "https://www.w3.org/TR/xml/"
_RDF = "https://www.w3.org/TR/rdf12-concepts/"
_HARVESTING = "https://docs.dataportal.se/dcat/docs/harvesting/"
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Final[tuple[Rule, ...]] = (
    reading_rule(
        "RD001",
        _WARNING,
        _RDF,
        ("trasig syntax", "broken syntax"),
        (
            "Dokumentet följer inte sin syntax. Vi läste det med en mildare tolk; portalen och "
            "andra avvisar hela katalogen.",
            "The document does not follow its syntax. We read it with a more tolerant parser; the "
            "portal and others refuse the whole catalog.",
        ),
        (
            "Rätta det fel som meddelandet anger. Skapa filen med ett RDF-bibliotek i stället för "
            "att sätta ihop text.",
            "Mend the fault that the message names. Make the file with an RDF library instead of "
            "putting text together.",
        ),
        (
            "Fel: <dcterms:title>Bad & lek</dcterms:title>. Rätt: "
            "<dcterms:title>Bad &amp; lek</dcterms:title>.",
            "Wrong: <dcterms:title>Bathing & play</dcterms:title>. Right: "
            "<dcterms:title>Bathing &amp; play</dcterms:title>.",
        ),
        rejects=True,
    ),
    reading_rule(
        "RD002",
        _WARNING,
        _XML + "#charencoding",
        ("fel teckenkodning", "wrong encoding"),
        (
            "Filen säger sig vara UTF-8 men har byte från en annan teckenkodning. En strikt läsare "
            "stannar vid den första.",
            "The file claims to be UTF-8 but has bytes of another encoding. A strict reader stops "
            "at the first one.",
        ),
        (
            "Spara filen som UTF-8, eller läs databasen med rätt teckenkodning vid exporten.",
            "Save the file as UTF-8, or read the database with the right encoding when exporting.",
        ),
        (
            "Fel: ”ö” som byte F6 i en fil som anger UTF-8. Rätt: ”ö” som C3 B6.",
            "Wrong: “ö” as byte F6 in a file that states UTF-8. Right: “ö” as C3 B6.",
        ),
        rejects=True,
    ),
    reading_rule(
        "RD003",
        _ERROR,
        _XML + "#charencoding",
        ("byte som inte går att tolka", "byte that cannot be interpreted"),
        (
            "En byte hör inte till någon teckenkodning som filen kan vara skriven i, så påståendet "
            "togs inte med.",
            "A byte belongs to no encoding that the file can be written in, so the statement was "
            "set aside.",
        ),
        ("Spara filen som UTF-8.", "Save the file as UTF-8."),
        (
            "Fel: byte 81 mitt i en titel. Rätt: texten skriven i UTF-8.",
            "Wrong: byte 81 in the middle of a title. Right: the text written in UTF-8.",
        ),
        rejects=True,
    ),
    reading_rule(
        "RD004",
        _INFO,
        _RDF + "#section-dataset",
        ("namngivna grafer", "named graphs"),
        (
            "Grafernas namn används inte; alla påståenden blir en graf.",
            "The names of the graphs are not used; all statements become one graph.",
        ),
        (
            "Inget behöver göras. Publicera en enda graf om namnen inte fyller något syfte.",
            "Nothing needs doing. Publish a single graph if the names serve no purpose.",
        ),
        (
            "Med namn: <https://exempel.se/g> { ... } i TriG. Utan: samma påståenden i Turtle.",
            "Named: <https://example.org/g> { ... } in TriG. Without: the same statements in "
            "Turtle.",
        ),
    ),
    reading_rule(
        "RD013",
        _ERROR,
        _RDF + "#section-triple-terms",
        ("påstående om ett påstående", "statement about a statement"),
        (
            "DCAT-AP bygger på RDF 1.1 och saknar påståenden om påståenden, så det togs inte med.",
            "DCAT-AP builds on RDF 1.1 and has no statements about statements, so it was set "
            "aside.",
        ),
        (
            "Beskriv det med en egen resurs, till exempel dcat:qualifiedRelation.",
            "Describe it with a resource of its own, such as dcat:qualifiedRelation.",
        ),
        (
            "Fel: << ex:a ex:b ex:c >> ex:säger ex:d. Rätt: en resurs med egna egenskaper.",
            "Wrong: << ex:a ex:b ex:c >> ex:says ex:d. Right: a resource with its own properties.",
        ),
    ),
    reading_rule(
        "RD015",
        _INFO,
        "https://www.hydra-cg.com/spec/latest/core/",
        ("sidbläddring", "paging"),
        (
            "Påståenden om sidor hör till hämtningen, inte till katalogen, och sparas inte.",
            "Statements about pages belong to the transport, not to the catalog, and are not kept.",
        ),
        ("Inget behöver göras.", "Nothing needs doing."),
        (
            "Till exempel hydra:next och hydra:totalItems.",
            "For example hydra:next and hydra:totalItems.",
        ),
    ),
    reading_rule(
        "RD016",
        _ERROR,
        _RDF,
        ("påstående som inte går att läsa", "statement that cannot be read"),
        (
            "Ett påstående följer inte syntaxen och togs inte med. Portalens läsare avvisar hela "
            "filen.",
            "A statement does not follow the syntax and was left out. The portal's reader refuses "
            "the whole file.",
        ),
        ("Rätta raden och publicera igen.", "Mend the line and publish again."),
        (
            'Fel: <https://exempel.se/d> dcterms:title Badplatser . Rätt: ... "Badplatser"@sv .',
            'Wrong: <https://example.org/d> dcterms:title Baths . Right: ... "Baths"@en .',
        ),
        rejects=True,
    ),
    reading_rule(
        "RD017",
        _WARNING,
        _XML + "#sec-prolog-dtd",
        ("tecken före XML-deklarationen", "characters before the XML declaration"),
        (
            "XML-deklarationen måste stå allra först; strikta läsare avvisar annars hela filen.",
            "The XML declaration must stand at the very start; strict readers refuse the whole "
            "file otherwise.",
        ),
        (
            "Ta bort tomma rader och annan utskrift före <?xml.",
            "Remove blank lines and other output before <?xml.",
        ),
        (
            "Fel: en tom rad och sedan <?xml. Rätt: <?xml som filens första tecken.",
            "Wrong: a blank line and then <?xml. Right: <?xml as the first characters of the file.",
        ),
        rejects=True,
    ),
    reading_rule(
        "RD018",
        _WARNING,
        "https://www.w3.org/TR/json-ld11/#the-context",
        ("nyckel utanför @context", "key outside the @context"),
        (
            "En nyckel som inte finns i @context har ingen betydelse i RDF, så värdet togs inte "
            "med.",
            "A key that is not in the @context means nothing in RDF, so the value was set aside.",
        ),
        (
            "Lägg till nyckeln i @context eller ta bort den.",
            "Add the key to the @context or remove it.",
        ),
        (
            'Fel: {"titel": "Bad"}. Rätt: {"@context": {"titel": "http://purl.org/dc/terms/title"},'
            ' "titel": "Bad"}.',
            'Wrong: {"name": "Baths"}. Right: {"@context": {"name": '
            '"http://purl.org/dc/terms/title"}, "name": "Baths"}.',
        ),
    ),
    reading_rule(
        "RD019",
        _WARNING,
        _HARVESTING,
        ("fler fel av samma slag", "more defects of the same kind"),
        (
            "Dokumentet har så många fel av ett slag att bara de första räknas upp; antalet är "
            "ändå exakt.",
            "The document has so many defects of one kind that only the first are listed; the "
            "number is exact all the same.",
        ),
        (
            "Rätta orsaken till de uppräknade felen; resten har oftast samma.",
            "Mend the cause of the listed defects; the rest mostly has the same one.",
        ),
        (
            "Till exempel 10 000 adresser med mellanslag från samma exportprogram.",
            "For example 10,000 addresses with spaces from one exporting program.",
        ),
    ),
    reading_rule(
        "RD020",
        _WARNING,
        _XML + "#charencoding",
        ("fel byte utanför värden", "wrong byte outside values"),
        (
            "Byten står i en kommentar eller mellan element, så inget gick förlorat här. En strikt "
            "läsare avvisar ändå filen.",
            "The byte stands in a comment or between elements, so nothing was lost here. A strict "
            "reader refuses the file all the same.",
        ),
        ("Spara filen som UTF-8.", "Save the file as UTF-8."),
        (
            "Fel: en kommentar med ”ö” som byte F6. Rätt: samma kommentar i UTF-8.",
            "Wrong: a comment with “ö” as byte F6. Right: the same comment in UTF-8.",
        ),
        rejects=True,
    ),
)

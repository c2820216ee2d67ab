"""IRIs, tags and values that no RDF writer may write."""

from typing import Final

from harvester.model import Severity
from harvester.rules.rule import Rule, reading_rule

_XML = "https://www.w3.org/TR/xml/"
_RDF = "https://www.w3.org/TR/rdf12-concepts/"
_HARVESTING = "https://docs.dataportal.se/dcat/docs/harvesting/"
_ERROR = Severity.ERROR
_INFO = Severity.INFO

RULES: Final[tuple[Rule, ...]] = (
    reading_rule(
        "RD005",
        _ERROR,
        _HARVESTING,
        ("relativ IRI", "relative IRI"),
        (
            "Portalen kräver fullständiga IRI:er. Vi tolkade den mot dokumentets adress, men då "
            "ändras resursens namn när filen flyttas.",
            "The portal requires full IRIs. We resolved it against the document's address, but "
            "then the resource's name changes when the file is moved.",
        ),
        (
            "Skriv ut hela IRI:n, med http:// eller https://.",
            "Write the whole IRI, with http:// or https://.",
        ),
        (
            'Fel: rdf:about="datamangd/1". Rätt: rdf:about="https://exempel.se/datamangd/1".',
            'Wrong: rdf:about="dataset/1". Right: rdf:about="https://example.org/dataset/1".',
        ),
        rejects=True,
    ),
    reading_rule(
        "RD006",
        _ERROR,
        "https://www.rfc-editor.org/info/rfc3987",
        ("ogiltig IRI", "invalid IRI"),
        (
            "En IRI får inte ha mellanslag, vinkelparenteser och liknande tecken (RFC 3987). "
            "Portalens läsare stannar vid den.",
            "An IRI may not have spaces, angle brackets and the like (RFC 3987). The portal's "
            "reader stops at it.",
        ),
        (
            "Procentkoda tecknet: mellanslag blir %20.",
            "Percent-encode the character: a space becomes %20.",
        ),
        (
            "Fel: https://exempel.se/bad platser.csv. Rätt: https://exempel.se/bad%20platser.csv.",
            "Wrong: https://example.org/my file.csv. Right: https://example.org/my%20file.csv.",
        ),
        rejects=True,
    ),
    reading_rule(
        "RD007",
        _ERROR,
        _HARVESTING,
        ("för lång IRI", "overlong IRI"),
        (
            "Så långa adresser kan varken webbservrar eller databaser hantera.",
            "Neither web servers nor databases handle addresses of that length.",
        ),
        ("Använd en kortare adress.", "Use a shorter address."),
        (
            "Fel: en hel sökfråga eller en inbäddad bild som IRI. Rätt: en adress till den.",
            "Wrong: a whole query or an embedded image as IRI. Right: an address of it.",
        ),
    ),
    reading_rule(
        "RD008",
        _ERROR,
        _HARVESTING,
        ("IRI som ingen annan når", "IRI that nobody else reaches"),
        (
            "Adresser som file: och javascript: går inte att följa utanför den egna datorn och kan "
            "vara farliga.",
            "Addresses such as file: and javascript: cannot be followed outside one's own computer "
            "and may be harmful.",
        ),
        ("Använd en https-adress.", "Use an https address."),
        (
            "Fel: file:///C:/data/bad.csv. Rätt: https://exempel.se/data/bad.csv.",
            "Wrong: file:///C:/data/a.csv. Right: https://example.org/data/a.csv.",
        ),
    ),
    reading_rule(
        "RD009",
        _ERROR,
        "https://www.rfc-editor.org/info/bcp47",
        ("ogiltig språktagg", "invalid language tag"),
        (
            "Taggen följer inte BCP 47, så ingen läsare vet vilket språk texten är på.",
            "The tag does not follow BCP 47, so no reader knows which language the text is in.",
        ),
        (
            "Använd sv, en eller en annan kod enligt BCP 47, med bindestreck.",
            "Use sv, en or another code by BCP 47, with a hyphen.",
        ),
        (
            'Fel: xml:lang="sv_SE". Rätt: xml:lang="sv-SE", eller helst xml:lang="sv".',
            'Wrong: xml:lang="sv_SE". Right: xml:lang="sv-SE", or rather xml:lang="sv".',
        ),
    ),
    reading_rule(
        "RD010",
        _ERROR,
        _XML + "#charsets",
        ("styrtecken", "control character"),
        (
            "XML kan inte innehålla tecknet, så texten går inte att skicka vidare som den är.",
            "XML cannot carry the character, so the text cannot be passed on as it is.",
        ),
        ("Ta bort tecknet ur texten.", "Remove the character from the text."),
        (
            "Fel: U+0000 eller U+000B i en beskrivning. Rätt: radbrytning som U+000A.",
            "Wrong: U+0000 or U+000B in a description. Right: a line break as U+000A.",
        ),
    ),
    reading_rule(
        "RD011",
        _ERROR,
        _RDF + "#section-Graph-Literal",
        ("halvt tecken", "half a character"),
        (
            "Ett ensamt surrogat är inget tecken och kan inte skrivas i UTF-8.",
            "A lone surrogate is no character and cannot be written in UTF-8.",
        ),
        (
            "Skriv hela tecknet. Texten är troligen avklippt mitt i det.",
            "Write the whole character. The text was probably cut in the middle of it.",
        ),
        (
            "Fel: \\uD83D. Rätt: \\uD83D\\uDE00, eller \\U0001F600 i Turtle.",
            "Wrong: \\uD83D. Right: \\uD83D\\uDE00, or \\U0001F600 in Turtle.",
        ),
    ),
    reading_rule(
        "RD012",
        _ERROR,
        _HARVESTING,
        ("för lång text", "overlong text"),
        (
            "En så lång text visas ingenstans och kan stoppa en läsare, så den togs inte med.",
            "A text of that length is shown nowhere and may stop a reader, so it was set aside.",
        ),
        (
            "Lägg texten på en webbsida och peka på den med foaf:page.",
            "Put the text on a web page and point at it with foaf:page.",
        ),
        (
            "Fel: hela rapporten som dcterms:description. Rätt: några meningar och foaf:page.",
            "Wrong: the whole report as dcterms:description. Right: some sentences and foaf:page.",
        ),
    ),
    reading_rule(
        "RD014",
        _ERROR,
        _RDF + "#section-Datatypes",
        ("orimligt tal", "unreasonable number"),
        (
            "Ett tal av den storleken är ett fel och kan låsa en läsare som räknar ut det.",
            "A number of that size is a mistake and may block a reader that works it out.",
        ),
        ("Skriv ett rimligt värde.", "Write a reasonable value."),
        (
            'Fel: "1e999999999"^^xsd:decimal. Rätt: "1024"^^xsd:nonNegativeInteger.',
            'Wrong: "1e999999999"^^xsd:decimal. Right: "1024"^^xsd:nonNegativeInteger.',
        ),
    ),
    reading_rule(
        "RD050",
        _ERROR,
        _RDF,
        ("påstående som inte kan publiceras", "statement that cannot be published"),
        (
            "Värdet går inte att skriva i giltig RDF, så påståendet kan varken sparas eller "
            "skickas vidare. Allt annat om resursen finns kvar.",
            "The value cannot be written in valid RDF, so the statement can be neither stored nor "
            "passed on. All else about the resource is kept.",
        ),
        (
            "Rätta värdet enligt den andra anmärkningen om det.",
            "Correct the value as the other finding about it says.",
        ),
        (
            "Fel: dcat:landingPage <https://exempel.se/a b>. Rätt: dcat:landingPage "
            "<https://exempel.se/a%20b>.",
            "Wrong: dcat:landingPage <https://example.org/a b>. Right: dcat:landingPage "
            "<https://example.org/a%20b>.",
        ),
    ),
    reading_rule(
        "RD051",
        _INFO,
        _RDF,
        ("påståenden som blev lika", "statements that became equal"),
        (
            "Två skrivsätt av samma värde är ett värde när de har normaliserats, och det sparas en "
            "gång.",
            "Two spellings of one value are one value once they are normalised, and it is stored "
            "once.",
        ),
        (
            "Inget behöver göras; skriv värdet en gång om du vill slippa anmärkningen.",
            "Nothing needs to be done; write the value once to be rid of the finding.",
        ),
        (
            'Fel: dcterms:title "Badplatser"@sv, "Badplatser "@sv. '
            'Rätt: dcterms:title "Badplatser"@sv.',
            'Wrong: dcterms:title "Bathing sites"@en, "Bathing sites "@en. '
            'Right: dcterms:title "Bathing sites"@en.',
        ),
    ),
    reading_rule(
        "RD060",
        Severity.WARNING,
        "https://docs.dataportal.se/dcat/docs/harvesting/",
        ("antaget värde", "assumed value"),
        (
            "Värdet är inte skrivet så att det bara kan betyda en sak. Det troligaste sparas, så "
            "att uppgiften går att använda, och det som stod finns kvar i loggen över ändringar.",
            "The value is not written so that it can mean one thing only. The likeliest one is "
            "stored, so that the information can be used; what was written is kept in the record "
            "of changes.",
        ),
        (
            "Skriv värdet som meddelandet anger, om det är det som menas, annars det som menas.",
            "Write the value that the message names if it is what you mean, else what you mean.",
        ),
        (
            'Fel: dcterms:license "CC BY". Rätt: dcterms:license '
            "<http://creativecommons.org/licenses/by/4.0/>.",
            'Wrong: dcterms:license "CC BY". Right: dcterms:license '
            "<http://creativecommons.org/licenses/by/4.0/>.",
        ),
    ),
)

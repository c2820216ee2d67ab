"""Text: white space around it is cut, and it is written in Unicode's composed form.

Plain and language-tagged literals only. NFC is what W3C asks of text on the web (Character Model
for the World Wide Web: String Matching, section 3); ``o`` and ``ö`` written in two characters look
alike and are found by no search.
"""

from typing import Final
from unicodedata import is_normalized, normalize

from harvester.normalize.step import TermStep
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term


def _suspects(term: Term) -> bool:
    text = term[0]
    return text.strip() != text or not (text.isascii() or is_normalized("NFC", text))


def mend(term: Term) -> Term:
    """Trim and compose a text; one of nothing but space is left, there is nothing to publish."""
    if not isinstance(term, Literal) or term.datatype not in (XSD_STRING, RDF_LANG_STRING):
        return term
    text = normalize("NFC", term.value.strip())
    return Literal(text, term.datatype, term.language) if text else term


STEPS: Final = (TermStep("text", literals=True, suspects=_suspects, mend=mend),)

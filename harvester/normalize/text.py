"""Text: white space around plain and language-tagged literals is cut."""

from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Triple


def step(triple: Triple) -> Triple:
    """Trim a text literal; a literal of nothing but space is left, there is nothing to publish."""
    subject, predicate, obj = triple
    if type(obj) is not Literal or obj.datatype not in (XSD_STRING, RDF_LANG_STRING):
        return triple
    trimmed = obj.value.strip()
    if not trimmed or len(trimmed) == len(obj.value):
        return triple
    return subject, predicate, Literal(trimmed, obj.datatype, obj.language)

"""Mending what is certain, in the text as it stands: ``validate --fix``.

Comments, order and layout stay: a fix is a few bytes in the place of others. What was changed is
proven on the graph, and nothing is changed that no finding asks for.
"""

from harvester.fix.change import Change
from harvester.fix.document import Fixed, fix_document

__all__ = ["Change", "Fixed", "fix_document"]

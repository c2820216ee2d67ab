from typing import Annotated

import typer

from harvester.cli import output
from harvester.cli.choices import BookForm
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.words import Text


def explain(
    session: Session,
    code: Annotated[str | None, typer.Argument(metavar="CODE", show_default=False)] = None,
    *,
    every: Annotated[bool, typer.Option("--all")] = False,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME|FILE")] = "dcat-ap-se",
    form: Annotated[BookForm, typer.Option("--format")] = BookForm.MD,
) -> None:
    """Why a rule is there, how to mend what it finds, a wrong and a right example."""
    if (code is None) is not every:
        raise UsageError(
            Text(
                "ange en regels kod, t.ex. DS001, eller --all",
                "name one CODE, such as DS001, or give --all",
            )
        )
    from harvester.profile import load_profile
    from harvester.report.rules import rules_json
    from harvester.rules.book import find_rule, rule_book
    from harvester.rules.explain import render_book, render_rule

    book = rule_book(load_profile(profile))
    chosen = list(book.values()) if code is None else [find_rule(book, code)]
    if session.json:
        output.write_json(rules_json(chosen, session.lang))
    elif code is None:
        output.write_text(render_book(chosen, session.lang, form.value))
    else:
        text = render_rule(chosen[0], session.lang, output.terminal_width())
        output.write_text(text.rstrip("\n") + "\n")

from harvester.cli import compose
from harvester.cli.commands.harvest import Jobs
from harvester.cli.session import Session
from harvester.errors import EXIT_FINDINGS, EXIT_OK, EXIT_STORE


def check(session: Session, *, jobs: Jobs = None) -> int:
    """Whether the store, the bodies and all that is published are what they should be.

    The store with its search index; exports with their checksums, descriptions, pages and feeds.
    Exit code 10 for damage, 1 for an export that is damaged or older than what is live.
    """
    settings = session.settings()
    found = compose.check(settings, jobs=jobs or settings.jobs)
    lang = session.lang
    wrong = [text.in_language(lang) for text in (*found.problems, *found.outdated)]
    notes = [text.in_language(lang) for text in found.notes]
    end = session.say("check.found", count=len(wrong)) if wrong else session.say("check.ok")
    value = {
        "checked": dict(found.counts),
        "problems": [text.in_language(lang) for text in found.problems],
        "outdated": [text.in_language(lang) for text in found.outdated],
        "notes": notes,
    }
    session.done([session.say("check.done", **found.counts), *notes, end], value)
    session.problems(wrong)
    return EXIT_STORE if found.problems else EXIT_FINDINGS if found.outdated else EXIT_OK

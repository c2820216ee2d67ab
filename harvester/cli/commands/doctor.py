from harvester.cli.health import WORST, diagnose
from harvester.cli.session import Session


def doctor(session: Session) -> int:
    """Check the set-up: Python, libraries, configuration, store, disk, language; no network."""
    checks = list(diagnose(session))
    session.answer(
        (f"{session.say(f'doctor.{check.state}'):4}  {check.text}" for check in checks),
        {"checks": [{"state": check.state, "text": check.text} for check in checks]},
    )
    return max((check.exit_code for check in checks), key=WORST.index, default=0)

import stat
from pathlib import Path

import pytest

from harvester.errors import FetchError
from harvester.fetch.send import send
from harvester.model import Notify, Secret
from harvester.notify import Ended, at_end, at_start
from tests.servers import RawServer, answer

AGENT = "test (mailto:drift@exempel.se)"
ENDED = Ended(4, "Harvest 7", ("a: held: half is gone",), b'{"run": 7}', "harvester_x 1\n")


def test_a_health_check_hears_start_and_exit_code():
    """GET /start, then POST /<exit code> with the summary."""
    with RawServer(answer(b"OK")) as server:
        hooks = Notify(healthcheck=Secret(server.url("/uuid")))
        assert at_start(hooks, AGENT) == []
        assert at_end(hooks, ENDED, AGENT) == []
    assert [(r.method, r.target) for r in server.requests] == [
        ("GET", "/uuid/start"),
        ("POST", "/uuid/4"),
    ]
    assert server.requests[0].headers["user-agent"] == AGENT


def test_a_webhook_gets_the_object_of_the_run():
    """As JSON, the same as ``harvest --json`` prints."""
    with RawServer(answer(b"")) as server:
        assert at_end(Notify(webhook=Secret(server.url("/hook"))), ENDED, AGENT) == []
    assert server.requests[0].headers["content-type"] == "application/json"


def test_nothing_of_it_can_fail_a_run(tmp_path):
    """A dead server, a missing sendmail and a folder that cannot be written are three lines."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    hooks = Notify(
        webhook=Secret("http://127.0.0.1:9/secret-token"),
        mail="drift@exempel.se",
        metrics=blocked / "x.prom",
    )
    problems = at_end(
        hooks,
        ENDED,
        AGENT,
        post=lambda *args, **kwargs: send(*args, **kwargs, sleep=lambda _: None),
        sendmail=str(tmp_path / "no-sendmail"),
    )
    assert len(problems) == 3
    assert "secret-token" not in "".join(problems)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_that_is_no_success_is_said_after_three_tries(status):
    """Redirects are not followed: the address is the operator's own."""
    with RawServer(answer(b"", status)) as server:
        with pytest.raises(FetchError, match=str(status)):
            send("GET", Secret(server.url("/x")), user_agent=AGENT, sleep=lambda _: None)
        assert len(server.requests) == 3


def test_mail_goes_through_sendmail_only_when_there_is_something_to_say(tmp_path):
    """The address is in the message, never on a command line."""
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\ncat > {tmp_path}/mail\n')
    sendmail.chmod(sendmail.stat().st_mode | stat.S_IXUSR)
    hooks = Notify(mail="drift@exempel.se")
    quiet = Ended(0, "Harvest 7", (), b"", "")
    assert at_end(hooks, quiet, AGENT, sendmail=str(sendmail)) == []
    assert not Path(tmp_path, "mail").exists()
    assert at_end(hooks, ENDED, AGENT, sendmail=str(sendmail)) == []
    assert "half is gone" in Path(tmp_path, "mail").read_text()
    assert Path(tmp_path, "args").read_text() == "-t -i\n"


def test_metrics_replace_the_file_whole(tmp_path):
    """A scrape never sees half a file."""
    path = tmp_path / "harvester.prom"
    path.write_text("old")
    assert at_end(Notify(metrics=path), ENDED, AGENT) == []
    assert path.read_text() == ENDED.metrics
    assert list(tmp_path.iterdir()) == [path]

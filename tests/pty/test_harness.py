"""The harness itself, tried on the shell that every machine has."""

from harness import Failure

SHELL = ("/bin/sh", "-i")
PS1 = {"PS1": "$ ", "ENV": None}


def test_typed_text_appears_and_the_cursor_follows(start):
    t = start(*SHELL, env=PS1)
    t.wait_prompt("$ ")
    t.send("echo one")
    t.wait_for(lambda t: t.cursor() == (len("$ echo one"), 0))
    t.press("enter")
    t.wait_for(lambda t: t.lines()[1] == "one")
    t.wait_prompt("$ ")


def test_what_never_comes_is_a_failure(start):
    t = start(*SHELL, env=PS1)
    t.wait_prompt("$ ")
    try:
        t.wait_for("no such text", seconds=0.01)
    except Failure:
        return
    raise Failure("wait_for found what is not there")


def test_changed_settings_are_seen(start):
    t = start(*SHELL, env=PS1)
    t.wait_prompt("$ ")
    before = t.settings()
    t.send("stty -echo; echo done\r")
    t.wait_for(lambda t: "done" in t.lines())
    assert t.settings() != before
    t.send("stty echo; echo again\r")
    t.wait_for("again")
    assert t.settings() == before


def test_statuses_and_signals_are_told_apart(start):
    assert start("/bin/sh", "-c", "exit 3").wait_end() == 3
    assert start("/bin/sh", "-c", "kill -9 $$").wait_end() == -9


def test_the_size_is_what_was_asked_for(start):
    t = start(*SHELL, env=PS1, columns=40, rows=10)
    t.wait_prompt("$ ")
    t.send("stty size\r")
    t.wait_for("10 40")
    t.resize(60, 12)
    t.send("stty size\r")
    t.wait_for("12 60")


def test_only_the_chosen_environment_is_there(start):
    t = start("/usr/bin/env", env={"GREETING": "hello", "TERM": None})
    t.wait_end()
    assert "GREETING=hello" in t.lines()
    assert "TERM=" not in t.text()

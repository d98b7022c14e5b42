"""play: a run as a film, which is steered by keys."""

import re
import signal
import subprocess
import tempfile

from session import PROMPT, command, leave, opened


def begin(start, line, **options):
    """A terminal in which a film has begun."""
    t = opened(start, **options)
    t.send(line + "\r")
    t.wait_for(lambda t: " of " in t.lines()[0] and "playing" in t.lines()[0])
    return t


def status(*words):
    """Are these in the first row of the screen?"""
    return lambda t: all(word in t.lines()[0] for word in words)


def test_keys_steer_a_film_of_two_variants_on_one_clock(start):
    t = begin(start, "play x0.001 3")
    t.send(" ")
    t.wait_for(status("x0.001", "paused"))
    t.press("right")
    t.wait_for(status("1.000 s of 5.000 s"))
    t.wait_rest()
    assert any(row.startswith("together  1.000 s, over") for row in t.lines())
    assert any(row.startswith("in_turn  1.000 s  ") for row in t.lines())
    t.press("right")
    t.wait_for(status("2.000 s"))
    t.press("left")
    t.wait_for(status("1.000 s of"))
    t.press("end")
    t.wait_for(status("5.000 s of 5.000 s", "the end"))
    t.press("home")
    t.wait_for(status("0 s of 5.000 s", "paused"))
    for key, pace in ("+", "x0.002"), ("-", "x0.001"), ("-", "x0.0005"):
        t.send(key)
        t.wait_for(status(pace + " "))
    t.send("vv")  # the second variant alone, whose end is sooner
    t.wait_for(status("of 1.000 s"))
    t.wait_rest()
    assert not any("in_turn" in row for row in t.lines())
    t.send("v")
    t.wait_for(status("of 5.000 s"))
    t.send("?")
    t.wait_for("twice as fast")
    t.send("x")
    t.wait_for(status("of 5.000 s"))
    t.resize(50, 12)
    t.wait_for(lambda t: t.lines()[11].endswith("? help   q leave"))
    t.send("q")
    t.wait_prompt(PROMPT)
    assert "The film was left at 0 s of 5.000 s" in t.text()
    assert not t.screen.alternate and not t.screen.cursor.hidden
    assert any("in_turn" in row for row in command(t, "timeline"))
    leave(t)


def test_a_film_plays_to_its_end_and_again(start):
    t = opened(start)
    t.send("play x1000 2 blocking\r")  # it may be over before it is seen
    t.wait_for(status("the end"))
    t.send(" ")
    t.wait_for(status("the end"))
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert not t.screen.alternate
    leave(t)


def test_a_film_of_its_own_gives_the_terminal_back(start):
    for end in "q", "\003", signal.SIGTERM:
        t = start("/bin/sh", "-c", "read go; trap : TERM; $LOOPLAB play x0.001 "
                  "3; echo status $?; read line")
        before = t.settings()  # nobody has changed them while sh reads
        t.send("\r")
        t.wait_for(status("playing"))
        assert t.settings() != before
        if isinstance(end, str):
            t.send(end)
        else:
            t.signal(end)
        t.wait_for("status 143" if end == signal.SIGTERM else "status 0")
        assert t.settings() == before
        assert b"\033[?1049l" in t.raw and b"\033[?25h" in t.raw


def test_every_example_of_its_help_works(start):
    with tempfile.TemporaryDirectory(prefix="looplab-test-") as folder:
        t = opened(start, rows=40, folder=folder)
        command(t, "run 3 together --record=run.jsonl --clock=virtual")
        examples = [re.split("  +", row.strip())[0]
                    for row in command(t, "help play")
                    if row.startswith("  play ") and "screen" not in row]
        assert len(examples) > 3, examples
        for example in examples:
            t.send(example + "\r")
            t.wait_for(status(" of ", "playing"))
            t.send("q")
            t.wait_prompt(PROMPT)
        leave(t)


def test_without_a_screen_it_says_what_else_there_is(start):
    t = opened(start)
    said = subprocess.run([t.argv[0], "play", "3"], capture_output=True, text=True,
                          check=False, env={"LANG": "C.UTF-8"})
    assert said.returncode == 2 and "timeline draws the same" in said.stderr
    leave(t)

"""exercise at the prompt: it is graded when it is saved, and answers go on."""

import os
import pathlib

from session import PROMPT, leave, opened, type_line

EXERCISE = (pathlib.Path(__file__).resolve().parents[2]
            / "lessons" / "exercises" / "11_semaphore.md")


def program(head):
    """A program of the exercise, with the table that all of them end with."""
    blocks = EXERCISE.read_text().split("```")
    of = {block.split("\n")[0]: block.split("\n", 1)[1] for block in blocks}
    return of[head] + "\n" + of["c table"]


def test_a_save_is_graded_while_answers_are_typed(start):
    home = start("--version").home
    tmux = home / "tmux"  # it opens panes elsewhere
    tmux.write_text("#!/bin/sh\necho \"$@\" >\"$HOME/panes\"\n")
    tmux.chmod(0o755)
    t = opened(start, folder=home, env={
        "HOME": str(home), "TMUX": "x", "EDITOR": "vi -n",
        "PATH": f"{home}:{os.environ['PATH']}"})
    type_line(t, "exercise 11")
    t.press("enter")
    t.wait_for("h hint 1 of 3")
    assert "3, not 2     holds in none  <-- first" in t.text()
    assert 'says "begins" (line 10' in t.text()
    t.wait_rest()
    panes = (home / "panes").read_text()
    assert panes == "split-window -h vi -n exercises/11_semaphore.c\n", panes
    t.send("h")
    t.wait_for(lambda t: t.line() == "> h")
    path = home / "exercises" / "11_semaphore.c"
    path.write_text(program("c solution"))
    t.wait_for("Passed: it holds in all")
    t.wait_for(lambda t: t.line() == "> h")  # what was typed is still there
    t.press("enter")
    t.wait_for("hint 1 of 3")
    path.write_text("int x")
    t.wait_for("does not compile")
    t.send("q")
    t.wait_for(lambda t: t.line() == "> q")
    t.press("enter")
    t.wait_prompt(PROMPT)
    log = (home / ".local/state/looplab/progress").read_text()
    assert "exercise 11 c passed schedules=24 hints=0" in log, log
    leave(t)

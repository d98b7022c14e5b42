"""exercise at the prompt: it is graded when it is saved, and answers go on."""

import os
import pathlib
import re
import select

from harness import DEADLINE
from session import PROMPT, command, leave, opened, type_line

EXERCISE = (pathlib.Path(__file__).resolve().parents[2]
            / "lessons" / "exercises" / "11_semaphore.md")


def block(head):
    blocks = EXERCISE.read_text().split("```")
    return {block.split("\n")[0]: block.split("\n", 1)[1]
            for block in blocks}[head]


def table():
    """What every program of it ends with."""
    return block("c table")


def program(head):
    return block(head) + "\n" + table()


def test_a_save_is_graded_while_answers_are_typed(start):
    home = start("--version").home
    tmux = home / "tmux"  # it opens panes elsewhere
    tmux.write_text("#!/bin/sh\necho \"$@\" >\"$HOME/panes\"\n")
    tmux.chmod(0o755)
    t = opened(start, folder=home, columns=130, env={
        "HOME": str(home), "TMUX": "x", "EDITOR": "vi -n",
        "PATH": f"{home}:{os.environ['PATH']}"})
    type_line(t, "exercise 11")
    t.press("enter")
    t.wait_for("Enter shows what is wrong")
    assert "Nine calls go out at once." in t.text()
    t.press("enter")
    t.wait_for("Enter grades, q leaves")
    assert "3, not 2     holds in none  <-- first" in t.text()
    assert 'says "begins" (line 10' in " ".join(t.text().split())
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


def test_what_a_claim_came_to_is_of_the_run_that_is_shown(start):
    """Where a turn has an end, the heart still beats before it hears that it is
    cancelled: that run has one beat more than the one that was graded."""
    home = start("--version").home
    t = opened(start, rows=60, folder=home,
               env={"HOME": str(home), "EDITOR": "true"})
    type_line(t, "exercise 2 c")
    t.press("enter")
    t.wait_for("Enter shows what is wrong")
    t.press("enter")
    t.wait_for("Enter grades, q leaves")
    assert "2, not 3" in t.text(), t.text()
    t.send("q\r")
    t.wait_prompt(PROMPT)
    story = " ".join(command(
        t, "story exercises/02_sleep_timer.c nap=250 every=100"))
    assert story.count('says "beat"') == 2, story
    leave(t)


def test_nothing_of_an_exercise_needs_another_window(start):
    home = start("--version").home
    editor = home / "editor"
    editor.write_text("#!/bin/sh\ncat >\"$2\" solution\n")
    editor.chmod(0o755)
    (home / "solution").write_text(program("c solution") + "// mine\n")
    t = opened(start, folder=home, env={
        "HOME": str(home), "TMUX": "x", "EDITOR": f"{editor} -x"})
    log = home / ".local/state/looplab/progress"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("2026-11-27T11:00:01.5Z exercise 3 python passed\n")
    for word in ("", " PY"):  # the last one was in Python
        type_line(t, "exercise 11" + word)
        t.press("enter")
        t.wait_for("e opens it in")  # two panes would be too narrow
        t.wait_for("The same in C: exercise 11 c.")
        t.send("q\r")
        t.wait_prompt(PROMPT)
        command(t, "clear")
    type_line(t, "exercise 11 C")
    t.press("enter")
    t.wait_for("e opens it in")
    t.press("enter")
    t.wait_for("h hint 1 of 3, solution")
    for line, seen in (
            ("timeline", "4 tasks in flight at most"),  # what was graded
            ("lesson 12", "q leaves this exercise; then type lesson 12."),
            ("source", "LAB_TRY(lab_semaphore_acquire"),  # hints say so
            ("h", "hint 1 of 3"), ("h", "hint 2 of 3"), ("b", "hint 1 of 3"),
            ("b", "Nine calls go out at once."), ("h", "hint 1 of 3"),
            ("fix it", "Type e to edit exercises/11_semaphore.c"),
            ("e", "Passed: it holds in all"),
            ("solution", "-// mine"),
            ("solution", "lines with + are of the solution.")):  # its own, at once, and not after q
        t.send(f"clear\r{line}\r")
        t.wait_for(seen)
    t.send("q\r")
    t.wait_prompt(PROMPT)
    leave(t)


def test_what_was_assembled_is_looked_at_where_it_is_said(start):
    home = start("--version").home
    t = opened(start, rows=50, folder=home, env={"HOME": str(home)})
    type_line(t, "assemble 1 python")
    t.press("enter")
    t.wait_for("l shows the lines")
    assert "Some people greet" in t.text()  # what is to be assembled
    numbers = {line: number for number, line in
               re.findall(r"^ *(\d+)  +(.*?) *$", t.text(), re.M)}
    order = " ".join(numbers[line] for line in (
        "async def greet(number):", "await asyncio.sleep(number * step)",
        'print("hello", number)', "async def main():",
        "greetings = [await greet(number) for number in range(1, n + 1)]",
        "await asyncio.gather(*greetings)"))
    t.send("1\r")
    t.wait_for("still missing: 2 or 4, 3")
    t.send("h\r")
    t.wait_for("hint 1 of 3")
    t.send("clear\r" + " ".join(reversed(order.split())) + "\r")
    t.wait_for("7  ")  # what cannot be run is shown with its lines' numbers
    t.send(f"{order}\r")
    t.wait_for("shows all of it")
    text = t.text()  # what Python said comes first
    assert 0 <= text.find("Traceback") < text.find("ends ok"), text
    t.send("clear\rtimeline\r")
    t.wait_for("1 task in flight at most")
    t.send("q\r")
    t.wait_for("Next: exercise 1 python")
    t.wait_prompt(PROMPT)
    leave(t)


ENDLESS = """#include "lab.h"
#include <stdio.h>
int64_t calls;
static int all(void) {
    FILE *file = fopen("begun", "w");
    fputs("it has", file);
    fclose(file);
    for (;;)
        calls++;
}
enum { MOST = 60 };
"""


def test_ctrl_c_ends_grading_at_once_even_within_a_run(start):
    home = start("--version").home
    os.mkfifo(home / "begun")
    begun = os.open(home / "begun", os.O_RDONLY | os.O_NONBLOCK)
    (home / "my.c").write_text(ENDLESS + table())
    t = opened(start, folder=home, env={"HOME": str(home)})
    type_line(t, "exercise 11 my.c --limit=time:3600s")
    t.press("enter")
    assert select.select([begun], [], [], DEADLINE)[0], t.text()
    os.close(begun)
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_save_waits_until_what_enter_began_is_graded(start):
    home = start("--version").home
    os.mkfifo(home / "begun")
    begun = os.open(home / "begun", os.O_RDONLY | os.O_NONBLOCK)
    path = home / "exercises" / "11_semaphore.c"
    path.parent.mkdir()
    path.write_text(ENDLESS + table())
    t = opened(start, rows=50, folder=home, env={"HOME": str(home)})
    type_line(t, "exercise 11 c")
    t.press("enter")
    t.wait_for("Enter shows what is wrong")
    t.press("enter")
    assert select.select([begun], [], [], DEADLINE)[0], t.text()
    os.close(begun)
    path.write_text(program("c solution"))
    t.wait_for("Passed: it holds in all")
    text = t.text()  # the first was graded to its end, and before
    assert 0 <= text.find("Simplest schedule") < text.find(" saved"), text
    t.send("q\r")
    t.wait_prompt(PROMPT)
    leave(t)


def test_after_a_hint_the_keys_are_said_and_edit_is_one(start):
    home = start("--version").home
    editor = home / "editor"
    editor.write_text("#!/bin/sh\ncat >\"$1\" solution\n")
    editor.chmod(0o755)
    (home / "solution").write_text(program("c solution"))
    t = opened(start, folder=home, env={"HOME": str(home),
                                        "EDITOR": str(editor)})
    type_line(t, "exercise 11 c")
    t.press("enter")
    t.wait_for("Enter shows what is wrong")
    t.send("h\r")
    t.wait_for("h hint 2 of 3, q leaves.")
    t.send("edit\r")
    t.wait_for("Passed: it holds in all")
    t.send("clear\r\r")  # as nothing changed it is not graded again
    t.wait_for("Passed: it holds in all")
    t.send("q\r")
    t.wait_prompt(PROMPT)
    log = (home / ".local/state/looplab/progress").read_text()
    assert log.count("exercise 11 c passed") == 1, log
    path = home / "exercises" / "11_semaphore.c"
    command(t, "clear")
    type_line(t, "exercise 11 c")  # how to begin anew is a line to type
    t.press("enter")
    t.wait_for("!rm exercises/11_semaphore.c")
    t.send("!rm exercises/11_semaphore.c\r")
    t.send("q\r")
    t.wait_prompt(PROMPT)
    assert not path.exists()
    leave(t)


FORGOTTEN = """import asyncio

n = 3
delay = 1.0


async def download(i):
    await asyncio.sleep((n - i + 1) * delay)
    print("arrived")
    return i


async def main():
    for i in range(1, n + 1):
        download(i)


asyncio.run(main())
"""


def test_what_python_remarks_stands_in_the_grade(start):
    home = start("--version").home
    (home / "my.py").write_text(FORGOTTEN)
    t = opened(start, rows=40, folder=home, env={"HOME": str(home)})
    type_line(t, "exercise 3 my.py")
    t.press("enter")
    t.wait_for("stepper and story take the same")
    assert "the coroutine download was never awaited" in t.text(), t.text()
    t.wait_prompt(PROMPT)
    (home / "my.py").write_text(FORGOTTEN.replace(
        "    await asyncio.sleep((n - i + 1) * delay)", "    return nobody"
    ).replace("    download(i)", "    await download(i)"))
    command(t, "clear")
    type_line(t, "exercise 3 my.py")
    t.press("enter")
    t.wait_for("stepper and story take the same")
    text = t.text()  # where it failed comes first
    assert 0 <= text.find("line 8, in download") < text.find("claim "), text
    t.wait_prompt(PROMPT)
    leave(t)


def test_the_event_against_a_claim_is_that_of_the_run_that_is_shown(start):
    exercise = EXERCISE.with_name("04_executor.md").read_text()
    solution = exercise.split("```python solution\n")[1].split("```")[0]
    home = start("--version").home
    (home / "my.py").write_text(solution.replace(
        "ThreadPoolExecutor(workers)", "ThreadPoolExecutor(n)"))
    t = opened(start, rows=40, folder=home, env={"HOME": str(home)})
    type_line(t, "exercise 4 my.py")
    t.press("enter")
    t.wait_for("stepper and story take the same")
    assert 'says "opens"' in " ".join(t.text().split()), t.text()
    t.wait_prompt(PROMPT)
    leave(t)

"""A learner's own program, my.c or my.py: whatever it does, the prompt lives."""

import os
import pathlib
import re
import select
import signal
import subprocess
import time

from harness import DEADLINE
from session import PROMPT, colours, command, leave, opened, type_line

# Each waits for Ctrl-C, under the real clock, and then cleans up.
WAITS = {
    "my.py": """import asyncio
async def job():
    print("begun")
    try:
        await asyncio.sleep(1000)
    finally:
        print("job cleans up")
        await asyncio.sleep(0)
async def main():
    task = asyncio.create_task(job())
    try:
        await task
    finally:
        print("main cleans up")
asyncio.run(main())
""",
    "my.c": """#include "lab.h"
static int job(void *arg) {
    (void)arg;
    lab_say("begun");
    int rc = lab_sleep(1000 * LAB_S);
    lab_say("job cleans up");
    return rc;
}
int main_task(void) {
    lab_task *task = lab_spawn("job", job, NULL);
    int rc = lab_await(task);
    lab_say("main cleans up");
    return rc;
}
""",
}
# Neither ends at Ctrl-C, but leaves a file.
DEAF = {
    "my.py": """import asyncio, os, signal, time
async def main():
    signal.signal(signal.SIGINT, lambda *_: open("heard", "w"))
    print("begun")
    await asyncio.sleep(0)
    while True:
        os.getppid()
asyncio.run(main())
""",
    "my.c": """#include "lab.h"
#include <fcntl.h>
#include <signal.h>
static void hear(int number) {
    (void)number;
    open("heard", O_CREAT | O_WRONLY, 0600);
}
int main_task(void) {
    signal(SIGINT, hear);
    lab_say("begun");
    lab_sleep(0);
    for (volatile int i = 0;; i++)
        ;
}
""",
}
# Each crashes in another file of its own, whose name and text come with it.
CRASHES = {
    "my.py": """import asyncio, fall
asyncio.run(fall.main())
""",
    "my.c": """#include "lab.h"
#include "fall.h"
int main_task(void) { return fall(); }
""",
}
FALLS = {
    "fall.py": """import asyncio, ctypes
async def main():
    print("begun")
    await asyncio.sleep(1)
    ctypes.string_at(0)
""",
    "fall.h": """static int fall(void) {
    int rc;
    lab_say("begun");
    rc = lab_sleep(LAB_S);
    *(volatile int *)0 = 1;
    return rc;
}
""",
}
TWO = """import asyncio
async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)
async def slow():
    await say_after(1, "hello")
    await say_after(2, "world")
async def fast():
    await asyncio.gather(say_after(1, "hello"), say_after(2, "world"))
asyncio.run(slow())
asyncio.run(fast())
"""


def prompt(start, programs, **options):
    """A prompt in a folder with these programs, by their names."""
    folder = start("--version").home
    for name, text in programs.items():
        (folder / name).write_text(text)
    t = opened(start, "--clock=virtual", folder=str(folder), **options)
    t.wait_rest()  # its settings are those of the prompt
    return t


def flat(t):
    """What is on the screen, in one line, wherever rows are broken."""
    return " ".join(t.text().split())


def said(t, line):
    """What a command says, likewise."""
    return " ".join(" ".join(command(t, line)).split())


def descendants(t):
    """The processes that looplab has started, and those have."""
    parents = {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            about = path.read_text()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(path.parent.name)] = int(about.rpartition(")")[2].split()[1])
    found = [t.child.pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def wait_gone(pid):
    """Waits until the process is no more."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([process], [], [], DEADLINE)[0], pid
    finally:
        os.close(process)


def test_each_view_shows_a_program_of_ones_own(start):
    t = prompt(start, {"my.py": TWO}, rows=40)
    rows = command(t, "run my.py --clock=virtual")
    assert any("hello" in row for row in rows), rows
    assert any("fast is 1.5 times as fast as slow" in row for row in rows), rows
    for line, shown in {"timeline my.py fast": "say_after",
                        "story": "sleeps until",
                        "why t1 my.py fast at=1s": "waits for",
                        "ps my.py fast at=1s": "say_after"}.items():
        assert shown in said(t, line), t.text()
    command(t, "run my.py --clock=virtual")
    for variant, other in ("slow", "fast"), ("fast", "slow"):
        for view, what in (("timeline", "running"), ("story", "sleeps until"),
                           ("table", ".000 s")):
            shown = said(t, f"{view} {variant}")
            assert variant in shown and what in shown, shown
            assert other not in shown, shown
    assert "my.py is tried as a whole" in said(t, "orders my.py fast")
    leave(t)


def test_ctrl_c_lets_a_program_clean_up_and_that_is_recorded(start):
    for name, text in WAITS.items():
        t = prompt(start, {name: text}, rows=50, columns=100)
        before = t.settings()
        type_line(t, f"run {name} --clock=real --record=run.jsonl")
        t.press("enter")
        t.wait_for("begun")
        t.press("ctrl-c")
        t.wait_for("cancelled")
        t.wait_prompt(PROMPT)
        t.wait_rest()
        assert t.settings() == before
        assert not descendants(t)
        assert t.text().index("job cleans up") < t.text().index(
            "main cleans up"), t.text()
        for line in "story", "story run.jsonl":
            story = said(t, line)
            assert "is cancelled" in story or "cancels" in story, story
            assert "job cleans up" in story, story
            assert "main cleans up" in story, story
        leave(t)


def test_a_second_ctrl_c_kills_a_program_that_does_not_hear(start):
    for name, text in DEAF.items():
        t = prompt(start, {name: text}, rows=40, columns=100)
        if t.sanitized and name == "my.c":
            continue  # ThreadSanitizer hands a signal over at the next call
        before = t.settings()
        type_line(t, f"run {name} --clock=real")
        t.press("enter")
        t.wait_for("begun")
        t.press("ctrl-c")
        end = time.monotonic() + DEADLINE
        while not (t.home / "heard").exists():
            assert time.monotonic() < end
            t.pump(0.02)
        t.press("ctrl-c")
        t.wait_for(f"{name} was killed")
        t.wait_prompt(PROMPT)
        (t.home / "heard").unlink()
        assert f"{name} was killed at " in flat(t), t.text()
        t.wait_rest()
        assert t.settings() == before
        assert not descendants(t)
        assert "begun" in said(t, "story"), t.text()
        leave(t)


def test_a_crash_is_one_sentence_and_what_came_before_is_shown(start):
    for (name, text), fall in zip(CRASHES.items(), FALLS):
        t = prompt(start, {name: text, **FALLS}, rows=50, columns=100)
        if t.sanitized and name == "my.c":
            continue  # the sanitizer in it keeps the crash for itself
        command(t, f"run {name} --clock=virtual --record=my.jsonl")
        told = flat(t)
        assert told.count(" crashed at 1.000 s") == 1, t.text()
        assert re.search(r"main.* fall\.py line 4|"
                         r"my\.c: task #1 main_task.*fall\.h:4", told), t.text()
        (t.home / fall).unlink()
        assert "The last events; story, why and step show more:" in told
        for line, shown in {"story": "sleeps until 1.000 s",
                            "timeline": "main",
                            "why t1 at=0.5s": f"({fall} line 4: ",
                            "ps my.jsonl at=0.5s": f"{fall}:4",
                            "step my.jsonl": "event 1 of 7",
                            "goto 0.5s": "> 4 "}.items():
            assert shown in said(t, line), (line, t.text())
        command(t, "export html my.html")
        page = (t.home / "my.html").read_text()
        assert f'"file":"{fall}",\n"code":[' in page, page
        leave(t)


def test_a_program_beside_the_prompt_is_listed_and_explained(start):
    for name, text in WAITS.items():
        t = prompt(start, {name: text}, rows=50, columns=100)
        command(t, f"run {name} --clock=real &")
        t.wait_for("begun")
        command(t, "ps")
        assert re.search(r"job .*sleep", flat(t)), t.text()
        command(t, "why t1")
        assert "waits for t2 job" in flat(t), t.text()
        type_line(t, "quit")
        t.press("enter")
        assert t.wait_end() == 0
        assert not descendants(t)


def test_a_quiet_program_is_drawn_while_it_runs(start):
    t = prompt(start, {"my.py": WAITS["my.py"]}, rows=40)
    type_line(t, "timeline my.py --clock=real")
    t.press("enter")
    t.wait_for(lambda t: re.search(r"^job +●", t.text(), re.M))
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert not descendants(t)
    leave(t)


def test_what_passes_by_the_record_is_shown_and_no_control_of_it(start):
    text = WAITS["my.py"].replace(
        "    await task", r"    import os; os.write(1, b'past \x1b[2J it\n')")
    t = prompt(start, {"my.py": text}, rows=40)
    command(t, "run my.py")
    assert "past " in flat(t), t.text()
    assert b"\x1b[2J it" not in t.raw
    command(t, "list")
    leave(t)


def test_a_very_long_line_leaves_the_prompt_whole(start):
    t = prompt(start, {"my.py": TWO.replace('"hello"', '"x" * 100000')})
    command(t, "run my.py fast")
    type_line(t, "list")
    t.press("enter")
    t.wait_prompt(PROMPT)
    leave(t)


def test_tab_completes_the_name_of_a_program(start):
    t = prompt(start, {"my.py": TWO, "other.c": "", "notes.txt": ""})
    for typed, line in {"run my": "run my.py ", "timeline oth":
                        "timeline other.c ", "step m": "step my.py "}.items():
        t.send(typed)
        t.press("tab")
        t.wait_for(lambda t: t.line() == (PROMPT + line).rstrip()
                   and t.cursor()[0] == len(PROMPT + line))
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_narrow_terminals_cut_no_row(start):
    for columns in 20, 40:
        t = prompt(start, {"my.py": TWO, "bad.py": CRASHES["my.py"]},
                   rows=60, columns=columns)
        for line in "run my.py fast", "timeline", "run bad.py":
            t.send(line + "\r")
            t.wait_for(lambda t: t.raw.count(b"\r\n") and t.line()
                       == PROMPT.rstrip() and t.cursor()[0] == len(PROMPT))
            t.wait_rest()
            assert not [row for row in t.too_long()
                        if not row.startswith(PROMPT)], t.text()
        leave(t)


def test_without_colour_and_in_the_c_locale_all_is_plain(start):
    t = prompt(start, {"my.py": TWO.replace("hello", "h\u00e9llo"),
                       "bad.py": CRASHES["my.py"]},
               env={"NO_COLOR": "1", "LANG": "C", "LC_ALL": "C"}, rows=60)
    for line in "run my.py", "timeline", "story", "run bad.py":
        command(t, line)
    assert not colours(t)
    assert all(byte < 0x80 for byte in t.raw), t.raw
    leave(t)


def test_sigterm_and_a_lost_terminal_end_the_program_too(start):
    for name, text in WAITS.items():
        for number in signal.SIGTERM, signal.SIGHUP, signal.SIGKILL:
            t = prompt(start, {name: text})
            type_line(t, f"run {name} --clock=real")
            t.press("enter")
            t.wait_for("begun")
            started = descendants(t)
            assert started
            os.kill(t.child.pid, number)
            assert t.wait_end() == -number
            for pid in started:
                wait_gone(pid)


UNCOMPILED = """#include "lab.h"
int main(void) {
    return lab_sleep(30 * LAB_MS) + lab_sleep(40 * LAB_MS) + unheard_of + 1234;
}
"""
MARKED = """import asyncio

async def main():
    return ["a word", "another word", "a third word"], {"one": 1}["a fourth one"]

asyncio.run(main())
"""


def test_what_compiler_and_python_say_keeps_its_words_and_markers(start):
    t = prompt(start, {"bad.c": UNCOMPILED, "bad.py": MARKED}, rows=60,
               columns=40)
    before = t.too_long()
    t.send("run bad.c\r")
    t.wait_for("does not compile")
    t.wait_rest()
    rows = t.lines()
    assert rows.index("bad.c does not compile") > rows.index(
        "each function it appears in"), t.text()
    code = [y for y, row in enumerate(rows) if row.startswith("    3 | ")]
    assert code, t.text()
    for y in code:
        at = rows[y + 1].index("^")
        assert rows[y][at:].startswith("unheard_of"), t.text()
    assert any(row.startswith("bad.c:3:") for row in rows)
    t.send("run bad.py\r")
    t.wait_for("KeyError: 'a fourth one'")
    t.wait_rest()
    rows = t.lines()
    y = next(y for y, row in enumerate(rows) if "line 4, in main" in row)
    if "^" in rows[y + 2]:  # a Python that marks what failed
        assert rows[y + 1].startswith("    …"), t.text()
        at, end = rows[y + 2].index("~"), len(rows[y + 2])
        assert rows[y + 1][at:end] == '{"one": 1}["a fourth one"]', t.text()
    assert t.too_long() == before, t.too_long()
    leave(t)
    piped = subprocess.run([t.argv[0], "run", "bad.c"], cwd=t.home,
                           capture_output=True, text=True, check=False)
    assert UNCOMPILED.split("\n")[2] in piped.stdout, piped

"""run my.py --watch: the program runs again whenever its file is saved."""

import os
import signal

from session import PROMPT, command, leave, opened, type_line

FULL_ON, FULL_OFF = b"\033[?1049h", b"\033[?1049l"

NAPS = """import asyncio
async def main():
    await asyncio.sleep({})
    print("slept")
asyncio.run(main())
"""
# It runs for long, and says when it is interrupted.
LONG = """import asyncio
async def main():
    print("begun {0}")
    try:
        await asyncio.sleep(1000)
    finally:
        print("cleaned {0}")
asyncio.run(main())
"""
DEAF = """import asyncio, signal
async def main():
    print("begun deaf")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    await asyncio.sleep(1000)
asyncio.run(main())
"""
LINES = """import asyncio
async def main():
    for i in range({}):
        print("line", i)
asyncio.run(main())
"""


def put(t, text, name="my.py"):
    """Saves the file as editors do: under another name first."""
    path = t.home / name
    new = path.with_suffix(".new")
    new.write_text(text)
    os.replace(new, path)
    return path


def watching(start, text, *words, **options):
    """A looplab that watches a file with this text."""
    home = start("--version")
    t = start("run", put(home, text), "--watch", *words, **options)
    t.wait_for("my.py runs again when it is saved; Ctrl-C ends")
    return t


def status(t):
    """The line above the page."""
    return t.lines()[0]


def test_a_save_draws_the_page_again_and_says_what_changed(start):
    t = watching(start, NAPS.format(3), "--clock=virtual")
    t.wait_for("measured")
    t.wait_rest()
    before = t.text()
    put(t, NAPS.format(2))
    t.wait_for("main takes 2.000 s (before: 3.000 s). Event 3 is the first")
    assert status(t).startswith("my.py saved at "), status(t)
    assert status(t).endswith(", run 2; Ctrl-C ends"), status(t)
    assert t.lines()[1:3] == ["", "my"], t.lines()
    assert before not in t.text() and "3.000 s  main" not in t.text()
    put(t, "\n" + NAPS.format(2))
    t.wait_for("The same 8 events as before.")
    assert ", run 3;" in status(t)


def test_a_program_that_is_broken_and_mended_is_compared_across(start):
    t = watching(start, NAPS.format(3), "--clock=virtual")
    t.wait_for("measured")
    put(t, "def (")
    t.wait_for("It does not run any more.")
    assert "my.py:1: invalid syntax" in t.text()
    put(t, NAPS.format(2))
    t.wait_for("main takes 2.000 s (before: 3.000 s).")
    assert ", run 3;" in status(t)


def test_a_program_in_c_is_compiled_again(start):
    nap = '#include "lab.h"\nint main_task(void) { return lab_sleep(%d); }\n'
    home = start("--version")
    t = start("run", put(home, nap % 1000, "my.c"), "--watch",
              "--clock=virtual")
    t.wait_for("measured")
    put(t, nap % 2000 + "oops", "my.c")
    t.wait_for("It does not run any more.")
    assert "my.c:3:" in t.text()
    put(t, nap % 2000, "my.c")
    t.wait_for("main_task takes 2 us (before: 1 us).")


def test_what_is_longer_than_the_screen_is_cut_and_said_to_be(start):
    t = watching(start, LINES.format(100), "--clock=virtual", rows=12)
    t.wait_for(lambda t: t.lines()[-1].startswith("main "))
    rows = t.lines()
    assert rows[0] == "my.py runs again when it is saved; Ctrl-C ends", rows
    assert rows[2] == "my", rows
    assert "lines; a taller window shows them)" in t.text()
    t.resize(80, 130)
    t.wait_for("line 50")
    t.wait_rest()
    assert "a taller window" not in t.text()
    t.resize(80, 12)
    t.wait_for("lines; a taller window shows them)")


def test_ctrl_c_ends_it_and_leaves_the_last_run_on_a_whole_terminal(start):
    home = start("--version")
    path = put(home, NAPS.format(3))
    t = start("/bin/sh", "-c", 'trap : INT; echo before; read -r _; "$LOOPLAB" run '
              f'{path} --watch --clock=virtual; echo "status $?"; read -r _')
    t.wait_for("before")
    settings = t.settings()
    t.press("enter")
    t.wait_for("Ctrl-C ends")
    t.wait_for("measured")
    t.press("ctrl-c")
    t.wait_for("status 130")
    assert t.settings() == settings
    assert t.raw.count(FULL_ON) == t.raw.count(FULL_OFF) == 1
    assert t.lines()[0] == "my" and "slept" in t.text(), t.text()
    assert "runs again" not in t.text()


def test_ctrl_c_lets_the_program_clean_up_first(start):
    t = watching(start, LONG.format("one"), "--clock=real")
    t.wait_for("begun one")
    t.press("ctrl-c")
    assert t.wait_end() == 130
    assert "cleaned one" in t.text(), t.text()


def test_a_program_that_runs_is_interrupted_by_a_save(start):
    t = watching(start, LONG.format("one"), "--clock=real")
    t.wait_for("begun one")
    put(t, LONG.format("two"))
    t.wait_for("begun two")
    assert "one" not in t.text(), t.text()
    put(t, NAPS.format(0))
    t.wait_for("slept")
    assert ", run 3;" in status(t)
    t.press("ctrl-c")
    assert t.wait_end() == 130


def test_a_program_that_hears_no_interrupt_is_killed_by_a_save(start):
    t = watching(start, DEAF, "--clock=real")
    t.wait_for("begun deaf")
    put(t, NAPS.format(0))
    t.wait_for("slept")


def test_at_the_prompt_it_takes_the_screen_and_gives_it_back(start):
    t = opened(start, columns=100)
    command(t, "list")
    path = put(t, NAPS.format(3))
    type_line(t, f"run {path} --watch --clock=virtual")
    t.press("enter")
    t.wait_for("measured")
    assert t.lines()[0] == "my.py runs again when it is saved; Ctrl-C ends"
    put(t, NAPS.format(2))
    t.wait_for("main takes 2.000 s (before: 3.000 s)")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert "(before: 3.000 s)" in t.text() and "Ctrl-C" not in t.text()
    assert any("2.000 s" in row for row in command(t, "table"))
    leave(t)


def test_it_cannot_run_beside_the_prompt_nor_watch_a_demo(start):
    t = opened(start, columns=100)
    path = put(t, NAPS.format(3))
    command(t, f"run {path} --watch &")
    t.wait_for("leave the & out")
    command(t, "run 3 --watch")
    assert "--watch needs a program of yours" in t.text()
    leave(t)


def test_nor_beside_the_prompt_of_a_terminal_that_cannot_edit(start):
    t = start(env={"TERM": "dumb"}, columns=100)
    t.wait_for("looplab>")
    path = put(t, NAPS.format(3))
    t.send(f"run {path} --watch &\n")
    t.wait_for("leave the & out")


def test_sigterm_leaves_a_whole_terminal(start):
    t = watching(start, LONG.format("one"), "--clock=real")
    t.wait_for("begun one")
    os.kill(t.child.pid, signal.SIGTERM)
    assert t.wait_end() == -signal.SIGTERM
    assert t.raw.count(FULL_OFF) == 1


def test_in_a_pipe_each_run_is_printed_below_the_last(start):
    home = start("--version")
    path = put(home, NAPS.format(3))
    t = start("/bin/sh", "-c", "trap : INT; "
              f'"$LOOPLAB" run {path} --watch | cat; echo end', rows=60)
    t.wait_for("measured")
    put(t, NAPS.format(2))
    t.wait_for("main takes 2.000 s (before: 3.000 s)")
    assert "3.000 s  main         slept" in t.text()
    assert ", run 2\n" in t.text() and FULL_ON not in t.raw
    t.press("ctrl-c")
    t.wait_for("end")


def test_it_ends_with_its_input(start):
    home = start("--version")
    path = put(home, NAPS.format(3))
    t = start("/bin/sh", "-c", f'(read -r _) | "$LOOPLAB" run {path} --watch '
              '| cat; echo end')
    t.wait_for("measured")
    put(t, NAPS.format(2))
    t.wait_for("main takes 2.000 s (before: 3.000 s)")
    t.press("enter")
    t.wait_for("end")

"""What people type who know other programs: a shell's lines, an editor."""

import os
import pathlib
import select
import shutil

from harness import DEADLINE
from session import PROMPT, command, leave, opened, type_line

# It stands for a learner: it wants a terminal as programs do, and writes.
EDITOR = """#!/bin/sh
stty -a | grep -q ' icanon' && stty -a | grep -q ' echo ' || exit 3
test -t 0 && test -t 1 || exit 4
echo "editing ${2##*/}"
sed -i "$(cat "$1")" "$2"
"""


def house(t):
    """A checkout of its own, with one demo and its lesson."""
    folder = t.home / "house"
    built = pathlib.Path(t.argv[0]).parent
    for name in ("build/demos", "demos", "lessons"):
        (folder / name).mkdir(parents=True)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    shutil.copy2(built / "looplab", folder / "build")
    shutil.copy2(built / "demos/02_sleep_timer.so", folder / "build/demos")
    shutil.copy2(f"{here}/demos/02_sleep_timer.c", folder / "demos")
    for name in ("build/demos/02_sleep_timer.so", "demos/02_sleep_timer.c"):
        os.utime(folder / name, (10 ** 9, 10 ** 9))  # what is new is told
    (folder / "src").symlink_to(os.path.realpath(f"{here}/src"))
    return folder


def installed(t):
    """The same demo, as make install puts it."""
    folder = t.home / "usr"
    checkout = house(t)
    (folder / "bin").mkdir(parents=True)
    for name in ("lib/looplab", "share/looplab"):
        (folder / name).mkdir(parents=True)
    shutil.move(checkout / "build/looplab", folder / "bin")
    shutil.move(checkout / "build/demos", folder / "lib/looplab")
    shutil.move(checkout / "demos", folder / "share/looplab")
    shutil.move(checkout / "src", folder / "share/looplab/include")
    return folder


def test_edit_changes_a_copy_where_looplab_is_installed(start):
    folder = installed(start("--version"))
    source = folder / "share/looplab/demos/02_sleep_timer.c"
    before = source.read_text()
    t = opened(start, str(folder / "bin/looplab"), "--clock=virtual", rows=60,
               folder=folder, env={"VISUAL": "sed -i 's/.asks = \"/&Now: /'"})
    rows = command(t, "edit 2")
    assert "02_sleep_timer.c is a copy for you" in " ".join(rows[:2]), rows
    assert command(t, "run 2 timer")[0].startswith("02 sleep_timer: Now: ")
    assert source.read_text() == before
    assert "Now: " in (folder / "02_sleep_timer.c").read_text()
    assert command(t, "edit 2") == ["Demo 2 is loaded anew; run 2 runs it."]
    assert "new makes a demo" in command(t, "new 40 nap")[0]
    leave(t)


def test_a_line_for_the_shell_has_the_terminal(start):
    t = opened(start)
    rows = command(t, "!stty -a | grep -o ' icanon'; echo $((6 * 7))")
    assert rows[0].startswith("your shell: stty") and rows[1:] == [
        " icanon", "42"], rows
    rows = command(t, "!exit 3")
    assert rows[-1] == "your shell ended with status 3", rows
    # Ctrl-C is the line's, and looplab is there afterwards.
    type_line(t, "!trap 'echo heard; exit' INT; echo begun; sleep 100 & wait")
    t.press("enter")
    t.wait_for("\nbegun")
    t.press("ctrl-c")
    t.wait_for("^Cheard")
    t.wait_prompt(PROMPT)
    type_line(t, "clear")
    t.press("enter")
    t.wait_for(lambda t: t.text() == PROMPT.rstrip())
    assert command(t, "pwd")[-1].endswith("!pwd prints the folder that looplab "
                                          "works in")
    leave(t)


# Keys make it save, until q. It says when a compiler has ended.
KEYS_EDITOR = """#!/bin/sh
mode=$(stty -g)
stty -icanon -echo
echo "in front"
while key=$(dd bs=1 count=1 2>/dev/null); test "$key" = s; do
    sed -i "$(cat "$1")" "$2"
done
stty "$mode"
"""
COMPILER = """#!/bin/sh
cc "$@"
status=$?
echo ended >"$HOME/ended"
exit $status
"""


def test_edit_builds_at_each_save_while_the_editor_has_the_screen(start):
    folder = house(start("--version"))
    editor, script, cc = (folder / name for name in ("editor", "script", "cc"))
    editor.write_text(KEYS_EDITOR)
    cc.write_text(COMPILER)
    for program in (editor, cc):
        program.chmod(0o755)
    os.mkfifo(folder / "ended")
    ended = os.open(folder / "ended", os.O_RDONLY | os.O_NONBLOCK)
    t = opened(start, str(folder / "build/looplab"), "--clock=virtual",
               rows=60, folder=folder,
               env={"EDITOR": f"{editor} {script}", "CC": str(cc),
                    "HOME": str(folder)})
    type_line(t, "edit 2")
    t.press("enter")
    t.wait_for("in front")
    for change in ("/^#include/a int x = ;",
                   "/^int x/d; s/\\.asks = \"/&Now: /"):
        script.write_text(change)
        t.send("s")
        assert select.select([ended], [], [], DEADLINE)[0], t.text()
        os.read(ended, 100)
    t.send("q")
    t.wait_prompt(PROMPT)
    # What was said of the first is of no use any more.
    assert t.text().endswith(
        "in front\nDemo 2 is loaded anew; run 2 runs it.\n" + PROMPT.rstrip())
    assert command(t, "run 2 timer")[0].startswith("02 sleep_timer: Now: ")
    leave(t)
    os.close(ended)


def test_edit_builds_what_was_saved_and_reload_what_is_new(start):
    folder = house(start("--version"))
    editor, script = folder / "editor", folder / "script"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    source = folder / "demos/02_sleep_timer.c"
    t = opened(start, str(folder / "build/looplab"), "--clock=virtual",
               rows=60, folder=folder,
               env={"VISUAL": "", "EDITOR": f"{editor} {script}"})
    script.write_text("s/0 ms/&/")  # which is in no line
    rows = command(t, "edit 2")  # it takes no keys: it may be a window
    assert rows == ["editing 02_sleep_timer.c",
                    "demos/02_sleep_timer.c is as it was, or open in another "
                    "window.", "[1] continues beside the prompt: edit 2",
                    "It is built whenever you save it; cancel %1 ends "
                    "that."], rows
    script.write_text("/^#include/a int x = ;")
    rows = command(t, "edit 2")
    assert "[1] done: edit 2" in rows, rows
    text = source.read_text()
    line = text[:text.index("int x")].count("\n") + 1
    assert any(row.startswith(f"demos/02_sleep_timer.c:{line}:") and "error"
               in row for row in rows), rows
    assert rows[-1].endswith("demo 2 stays as it was"), rows
    # The old one runs, and once it is said that the C is another.
    assert "reload 2" in command(t, "run 2 timer")[0]
    assert "reload 2" not in "\n".join(command(t, "run 2 timer"))
    script.write_text("/^int x/d; s/\\.asks = \"/&Now: /")
    rows = command(t, "edit 2")
    assert rows[-1] == "Demo 2 is loaded anew; run 2 runs it.", rows
    assert command(t, "run 2 timer")[0].startswith("02 sleep_timer: Now: ")
    source.write_text(source.read_text().replace("Now: ", "Then: "))
    rows = command(t, "run 2 timer")
    assert "demos/02_sleep_timer.c is newer" in rows[0], rows
    assert "is newer" not in "\n".join(command(t, "run 2 timer"))
    command(t, "reload")
    assert command(t, "run 2 timer")[0].startswith("02 sleep_timer: Then: ")
    command(t, "edit 2 &")
    source.write_text(source.read_text().replace("Then: ", "Later: "))
    t.wait_for("demos/02_sleep_timer.c saved\nDemo 2 is loaded anew")
    assert command(t, "run 2 timer")[0].startswith("02 sleep_timer: Later: ")
    leave(t)


def test_an_editor_that_reads_lines_was_in_front(start):
    folder = house(start("--version"))
    t = opened(start, str(folder / "build/looplab"), folder=folder,
               env={"VISUAL": "sh -c 'echo line?; read line'"})
    type_line(t, "edit 2")
    t.press("enter")
    t.wait_for("line?")
    t.send("q\n")
    t.wait_prompt(PROMPT)
    assert "\ndemos/02_sleep_timer.c is as it was.\n" in t.text(), t.text()
    assert command(t, "jobs")[0].startswith("Nothing runs"), t.text()
    type_line(t, "edit nope.c")
    t.press("enter")
    t.wait_for(lambda t: t.text().count("line?") == 2)
    t.send("q\n")
    t.wait_for("nope.c was not made.")
    t.wait_prompt(PROMPT)
    leave(t)


def test_what_is_built_while_its_demo_runs_is_loaded_when_that_ends(start):
    folder = house(start("--version"))
    source = folder / "demos/02_sleep_timer.c"
    t = opened(start, str(folder / "build/looplab"), rows=60, folder=folder,
               env={"VISUAL": "sed -i 's/.asks = \"/&Now: /'"})
    command(t, "run 2 timer nap=60s --clock=real &")
    t.wait_for("the nap begins")
    later = ("Demo 2 is running; what was built is loaded when that has "
             "ended.")
    assert command(t, "edit 2")[-1] == later, t.text()
    assert command(t, "reload 2")[-1] == later, t.text()
    # It is said already, and what runs is as it was.
    assert "reload" not in "\n".join(command(t, "list"))
    type_line(t, "cancel %1")
    t.press("enter")
    t.wait_for(lambda t: "[1] done" in t.text()
               and t.text().count("Demo 2 is loaded anew; run 2 runs it.") == 1)
    t.press("ctrl-l")
    rows = command(t, "run 2 timer --clock=virtual")
    assert rows[0].startswith("02 sleep_timer: Now: "), rows
    assert "loaded anew" not in "\n".join(rows), rows
    leave(t)

"""Ctrl-X Ctrl-E: the line is changed in a learner's own editor."""

from session import PROMPT, command, leave, opened, type_line, wait_line

# It stands for a learner: it wants a terminal as programs do, keeps what it was
# given, and saves.
EDITOR = """#!/bin/sh
stty -a | grep -q ' icanon' && stty -a | grep -q ' echo ' || exit 3
test -t 0 && test -t 1 || exit 4
cp "$1" seen
cat saved > "$1"
"""


def house(start, editor, saved="", settings=""):
    """A prompt with that editor, which saves that."""
    home = start("--version").home
    (home / "editor").write_text(editor)
    (home / "editor").chmod(0o755)
    (home / "saved").write_text(saved)
    (home / ".editrc").write_text(settings)
    (home / "tmp").mkdir()
    t = opened(start, folder=home,
               env={"HOME": str(home), "TMPDIR": str(home / "tmp"),
                    "VISUAL": str(home / "editor")})
    return home, t


def compose(t):
    t.press("ctrl-x", "ctrl-e")


def test_what_the_editor_saved_is_what_was_typed(start):
    home, t = house(start, EDITOR, "\nset 3\n  n=2 \n")
    type_line(t, "set 3 n=4")
    t.press("ctrl-a")  # all of the line is edited, wherever the cursor is
    compose(t)
    t.wait_for(PROMPT + "set 3 n=2\n")
    t.wait_prompt(PROMPT)
    assert (home / "seen").read_text() == "set 3 n=4\n"
    assert not list((home / "tmp").iterdir())
    assert any("n=2" in row for row in command(t, "set 3"))
    t.press("up", "up")
    wait_line(t, "set 3 n=2")  # the history has that, and not what was before
    t.press("up")
    wait_line(t, "set 3 n=2")
    t.press("ctrl-u")
    leave(t)


def test_an_empty_line_can_be_edited_and_nothing_saved(start):
    home, t = house(start, EDITOR, " \n\n")
    compose(t)
    t.wait_for(lambda t: (home / "seen").exists())
    wait_line(t, "")
    type_line(t, "clock")
    compose(t)
    wait_line(t, "")
    t.press("up")  # what was typed is not lost
    wait_line(t, "clock")
    t.press("ctrl-u")
    leave(t)


def test_an_editor_that_fails_leaves_the_line_in_the_history(start):
    _, t = house(start, "#!/bin/sh\nexit 3\n")
    type_line(t, "clock")
    compose(t)
    t.wait_for("editor has failed")
    wait_line(t, "")
    t.press("up")
    wait_line(t, "clock")
    t.press("ctrl-u")
    assert command(t, "clock")[0].startswith("The clock is")
    leave(t)


def test_ctrl_c_is_the_editors(start):
    t = opened(start, env={"VISUAL": "tail -f"})  # shows the file, and stays
    type_line(t, "clock")
    compose(t)
    t.wait_for(lambda t: "clock" in t.lines())
    t.press("ctrl-c")
    t.wait_for("editor tail has failed")
    wait_line(t, "")
    assert command(t, "clock")[0].startswith("The clock is")
    leave(t)


def test_v_is_that_key_in_vi_mode(start):
    home, t = house(start, EDITOR, "clock\n", "bind -v\n")
    type_line(t, "list")
    t.press("escape")
    t.send("v")
    t.wait_for("The clock is")
    t.wait_prompt(PROMPT)
    assert (home / "seen").read_text() == "list\n"
    leave(t)


def test_an_answer_is_not_edited(start):
    home, t = house(start, EDITOR, "clock\n")
    type_line(t, "predict 3")
    t.press("enter")
    t.wait_for("> ")
    t.wait_rest()
    compose(t)
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert not (home / "seen").exists()
    leave(t)

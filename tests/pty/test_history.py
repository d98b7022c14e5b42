"""What was typed before: Up, Ctrl-R, and the file that outlives the session."""

import os
import signal

from session import (HISTORY, PROMPT, command, history, leave, opened,
                     type_line, wait_line)


def test_up_goes_through_lines_that_begin_like_the_one_begun(start):
    t = opened(start)
    for line in ("# one", "clock virtual", "# two"):
        command(t, line)
    type_line(t, "# ")
    for key, line in [("up", "# two"), ("up", "# one"), ("up", "# one"),
                      ("down", "# two"), ("down", "# "), ("down", "# "),
                      ("ctrl-p", "# two"), ("ctrl-n", "# ")]:
        t.press(key)
        wait_line(t, line)
    t.press("ctrl-a", "ctrl-k", "up", "up")
    wait_line(t, "clock virtual")
    t.press("down", "down")
    wait_line(t, "")


def test_the_next_session_remembers_what_this_one_was_told(start):
    t = opened(start)
    command(t, "# wörld 世界")
    leave(t)
    t = opened(start)
    t.press("up")
    t.wait_for(lambda t: t.line() == PROMPT + "# wörld 世界")
    t.press("enter")
    t.wait_prompt(PROMPT)
    leave(t)
    assert history(t) == ["# wörld 世界"]  # not twice


def test_two_sessions_at_once_both_remember(start):
    one, two = opened(start), opened(start)
    command(one, "# one")
    command(two, "# two")
    leave(one)
    leave(two)
    assert history(one) == ["# one", "# two"]


def test_ctrl_r_finds_a_line_by_a_part_of_it(start):
    t = opened(start)
    for line in ("clock virtual", "list", "# wörld 世界", "clock"):
        command(t, line)
    type_line(t, "begun")

    def finds(keys, line):
        for key in keys:
            t.press(key) if "-" in key or len(key) > 2 else t.send(key)
        t.wait_for(lambda t: t.line() == line)
        t.wait_rest()
        assert (t.line(), t.hint()) == (line, ""), t.line()
    finds(["ctrl-r"], 'search "": begun')
    finds(["c"], 'search "c": clock')
    finds(["ctrl-r"], 'search "c": clock virtual')
    finds(["ctrl-r"], 'not there "c": clock virtual')
    finds(["ctrl-s"], 'search "c": clock')
    finds(["x"], 'not there "cx": clock')
    finds(["backspace", "backspace"], 'search "": begun')
    finds(["世"], 'search "世": # wörld 世界')
    finds(["ctrl-g"], PROMPT + "begun")
    t.press("ctrl-a", "ctrl-k")
    type_line(t, "list")  # the line itself can be found
    finds(["ctrl-r", "l", "i"], 'search "li": list')
    t.press("ctrl-g")
    finds(["ctrl-r", "ö", "r"], 'search "ör": # wörld 世界')
    t.press("left")  # a key for what was found
    wait_line(t, "# wörld 世界", 9)
    finds(["ctrl-r"], 'search "": # wörld 世界')
    t.paste("vir")
    finds([], 'search "vir": clock virtual')
    t.press("enter")
    t.wait_prompt(PROMPT)
    assert PROMPT + "clock virtual" in t.lines()
    assert t.lines()[t.cursor()[1] - 1].startswith("The clock is virtual")


def test_only_the_user_can_read_the_history(start):
    t = opened(start)
    command(t, "list")
    leave(t)
    file = t.home / HISTORY
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_history_is_where_the_user_wants_state_to_be(start):
    t = opened(start)
    here = {"XDG_STATE_HOME": str(t.home / "state")}
    t = opened(start, env=here)
    command(t, "list")
    leave(t)
    assert (t.home / "state/looplab/history").read_text() == "list\n"
    assert not (t.home / HISTORY).exists()


def test_a_session_that_is_killed_saves_its_history(start):
    t = opened(start)
    command(t, "# remember me")
    t.signal(signal.SIGTERM)
    assert t.wait_end() == -signal.SIGTERM
    assert history(t) == ["# remember me"]


def test_a_session_that_cannot_say_goodbye_has_saved_its_history(start):
    t = opened(start)
    command(t, "# remember me")
    command(t, "# and me")
    t.signal(signal.SIGKILL)
    assert t.wait_end() == -signal.SIGKILL
    assert history(t) == ["# remember me", "# and me"]


def test_a_history_that_is_no_file_is_told_and_left_alone(start):
    for make in (os.mkdir, os.mkfifo,
                 lambda path: os.symlink(path.parents[3] / "target", path)):
        home = opened(start).home
        (home / "target").write_text("precious\n")
        file = home / HISTORY
        file.parent.mkdir(parents=True, exist_ok=True)
        make(file)
        kind = file.lstat().st_mode
        t = opened(start)
        assert "the history" in t.text() and "cannot be read" in t.text()
        command(t, "list")
        t.press("up")
        wait_line(t, "list")
        t.press("ctrl-c")
        t.wait_prompt(PROMPT)
        leave(t)
        assert file.lstat().st_mode == kind
        assert (home / "target").read_text() == "precious\n"
        (file.rmdir if file.is_dir() else file.unlink)()


def test_a_history_that_cannot_be_saved_is_told_on_leaving(start):
    t = opened(start)
    (t.home / ".local").write_text("a file, where a folder should be\n")
    command(t, "list")
    leave(t)
    assert "cannot be saved: not a directory" in t.text().replace("\n", " ")


def test_garbage_in_the_history_never_reaches_the_line(start):
    t = opened(start)
    file = t.home / HISTORY
    file.parent.mkdir(parents=True)
    file.write_bytes(b"# good\n\xff\xfe\n\033[2J\n\0\n" + b"x" * 5000)
    t = opened(start)
    t.press("up")
    wait_line(t, "# good")
    t.press("up", "up", "ctrl-e", "ctrl-r", "ctrl-g")
    wait_line(t, "# good")

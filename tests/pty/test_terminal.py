"""Ways out: whoever had the terminal before gets it back as it was."""

import os
import signal
import termios

from session import (DEMOS, LAST_DEMO, PROMPT, command, history, opened,
                     type_line, wait_line)

PASTE_ON, PASTE_OFF = b"\033[?2004h", b"\033[?2004l"

TOOLS = os.path.abspath(f"{os.path.dirname(__file__)}/../tools")

# A shell whose user likes it otherwise than most: what is put back must be
# that, and not what is usual. Its prompt is "ready".
ODD = 'stty -ixon erase ^H; echo ready; read -r _; exec "$LOOPLAB"'


def odd(start):
    """A looplab that such a shell has become, and the settings it found."""
    t = start("/bin/sh", "-c", ODD)
    t.wait_for("ready")
    before = t.settings()
    t.press("enter")
    t.wait_prompt(PROMPT)
    assert t.settings() != before
    return t, before


def assert_restored(t, before):
    """Is the terminal as it was, and the cursor at the start of a row?"""
    assert t.settings() == before
    assert t.raw.rindex(PASTE_OFF) > t.raw.rindex(PASTE_ON)
    assert t.cursor()[0] == 0, t.cursor()


# What may go on when the end comes.
STATES = {
    "at an empty line": lambda t: None,
    "while one types": lambda t: type_line(t, "lis"),
    "in a search": lambda t: (t.press("ctrl-r"), t.wait_for("search \"")),
    "while a demo runs": lambda t: (
        t.send("run 2 timer nap=60000 beat=2\r"),
        t.wait_for("the nap begins")),
    "while a demo holds the thread": lambda t: (
        t.send("run 2 blocking nap=60000 beat=2\r"),
        t.wait_for("the nap begins")),
}


def is_restored_after(start, number, states):
    """Ends looplab with a signal in each of states."""
    for state in states:
        t, before = odd(start)
        STATES[state](t)
        t.signal(number)
        status = t.wait_end()
        try:
            assert status == -number, f"status {status}"
            assert_restored(t, before)
        except AssertionError as problem:
            raise AssertionError(f"{number.name} {state}: {problem}")


def test_quit_and_ctrl_d_hand_the_terminal_back(start):
    for keys in ("quit\r", "\004", "  quit  \r"):
        t, before = odd(start)
        t.send(keys)
        assert t.wait_end() == 0
        assert_restored(t, before)


def test_ctrl_d_on_a_line_does_not_leave(start):
    t = opened(start)
    type_line(t, "lis")
    t.press("ctrl-d")
    t.send("t")
    wait_line(t, "list")
    t.press("home", "ctrl-d")  # here it deletes, as Delete does
    wait_line(t, "ist", 0)


def test_sigterm_hands_the_terminal_back(start):
    is_restored_after(start, signal.SIGTERM, list(STATES)[:4])


def test_crashes_hand_the_terminal_back(start):
    if opened(start).sanitized:
        return  # a sanitizer keeps the crashes for itself
    is_restored_after(start, signal.SIGSEGV, STATES)
    for number in (signal.SIGABRT, signal.SIGBUS, signal.SIGFPE,
                   signal.SIGILL, signal.SIGQUIT):
        is_restored_after(start, number, ["while one types"])


def test_sighup_saves_the_history_and_hands_the_terminal_back(start):
    for state in list(STATES)[:4]:
        t, before = odd(start)
        command(t, "# " + state)
        STATES[state](t)
        t.signal(signal.SIGHUP)
        assert t.wait_end() == -signal.SIGHUP, state
        assert_restored(t, before)
        assert "# " + state in history(t)


def test_looplab_ends_when_its_window_is_closed(start):
    t = opened(start)
    command(t, "# remember me")
    command(t, "run 2 timer nap=60000 beat=2 &")
    t.wait_for("the nap begins")
    t.hang_up()
    assert t.wait_end() == -signal.SIGHUP
    assert "# remember me" in history(t)


def test_interrupted_runs_leave_nothing_behind(start):
    t, before = odd(start)
    STATES["while a demo runs"](t)
    t.press("ctrl-c")
    t.wait_for("cancelled")
    t.wait_prompt(PROMPT)
    t.send("quit\r")
    assert t.wait_end() == 0
    assert_restored(t, before)


def test_the_next_program_can_read_what_is_typed(start):
    t = start("/bin/sh", "-c", '"$LOOPLAB"; echo left; exec cat')
    t.wait_prompt(PROMPT)
    t.send("quit\r")
    t.wait_for(lambda t: "left" in t.lines())
    t.send("later\r")
    t.wait_for(lambda t: t.lines().count("later") == 2)


# --- a shell that can stop us


def shell(start):
    """An interactive shell, and the settings of its terminal."""
    t = start("/bin/sh", "-i", env={"PS1": "$ ", "ENV": None})
    t.wait_prompt("$ ")
    return t, t.settings()


def test_a_terminal_left_raw_is_healed_by_the_next_session(start):
    t, before = shell(start)
    t.send('"$LOOPLAB"\r')
    t.wait_prompt(PROMPT)
    t.signal(signal.SIGKILL)
    t.wait_for(lambda t: t.line() == "$")
    assert t.settings() != before
    t.send('"$LOOPLAB"\n')
    t.wait_prompt(PROMPT)
    t.press("ctrl-d")
    t.wait_prompt("$ ")
    assert_modes_are_sane(t.settings())
    t.send("echo well\r")
    t.wait_for(lambda t: "well" in t.lines())


def test_a_stepper_that_was_killed_is_left_by_the_next_session(start):
    for heals in "stty sane; ", "":  # some shells do half of it
        t, _ = shell(start)
        t.send('"$LOOPLAB"\r')
        t.wait_prompt(PROMPT)
        assert not t.screen.alternate
        t.send("stepper 3 together --clock=virtual\r")
        t.wait_for("event 0 of 56")
        t.signal(signal.SIGKILL)
        t.wait_for("Killed")
        assert t.screen.alternate and t.screen.cursor.hidden
        t.send(heals + '"$LOOPLAB"\n')
        t.wait_for(lambda t: not t.screen.alternate)
        t.wait_prompt(PROMPT)
        assert not t.screen.cursor.hidden
        t.press("ctrl-d")
        t.wait_for(lambda t: t.line() == "$")
        assert_modes_are_sane(t.settings())


def assert_modes_are_sane(settings):
    """Are lines edited, echoed and ended as a shell's are?"""
    ours, theirs, _, local = settings[:4]
    assert ours & termios.ICRNL and theirs & termios.OPOST
    wanted = termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN
    assert local & wanted == wanted, oct(local)


def test_ctrl_z_lends_the_terminal_and_fg_shows_the_line_again(start):
    t, before = shell(start)
    t.send('"$LOOPLAB"\r')
    t.wait_prompt(PROMPT)
    type_line(t, "lst")
    t.press("left", "left")
    wait_line(t, "lst", 1)
    t.press("ctrl-z")
    t.wait_prompt("$ ")
    assert t.settings() == before
    assert t.raw.rindex(PASTE_OFF) > t.raw.rindex(PASTE_ON)
    t.send("fg\r")
    wait_line(t, "lst", 1)
    assert t.raw.rindex(PASTE_OFF) < t.raw.rindex(PASTE_ON)
    t.send("i\r")
    t.wait_for(LAST_DEMO)
    t.wait_prompt(PROMPT)
    t.press("ctrl-d")
    t.wait_prompt("$ ")
    assert t.settings() == before


def test_a_run_goes_on_after_ctrl_z_and_fg(start):
    t, before = shell(start)
    t.send('"$LOOPLAB"\r')
    t.wait_prompt(PROMPT)
    STATES["while a demo runs"](t)
    t.press("ctrl-z")  # the demo leaves the foreground
    t.wait_for("[1] continues beside the prompt:")
    t.wait_prompt(PROMPT)
    t.press("ctrl-z")  # and this is for looplab
    t.wait_prompt("$ ")
    assert t.settings() == before
    t.send("fg\r")
    t.wait_for(lambda t: t.settings() != before)
    t.wait_prompt(PROMPT)
    t.press("ctrl-c")
    t.wait_for("cancelled")
    t.wait_prompt(PROMPT)
    t.press("ctrl-d")
    t.wait_prompt("$ ")
    assert t.settings() == before


def test_make_run_gives_the_prompt_the_terminal_and_has_it_back(start):
    t, before = shell(start)
    t.send(f'"{TOOLS}/prompt" "$LOOPLAB"; echo status $?\r')
    t.wait_prompt(PROMPT)
    type_line(t, "lis")
    t.press("ctrl-z")  # nobody could bring it back but the script
    t.wait_for(lambda t: t.lines().count(PROMPT + "lis") == 2)
    t.send("t\r")
    t.wait_for(LAST_DEMO)
    t.wait_prompt(PROMPT)
    t.press("ctrl-c")
    t.wait_for("Type quit")
    t.wait_prompt(PROMPT)
    t.press("ctrl-d")
    t.wait_for("status 0")
    t.wait_prompt("$ ")
    assert t.settings() == before


def test_where_no_shell_could_wake_us_ctrl_z_only_draws_the_line_anew(start):
    t = opened(start)
    type_line(t, "lis")
    t.press("ctrl-z")
    t.wait_for(lambda t: t.lines().count(PROMPT + "lis") == 2)
    t.send("t")
    wait_line(t, "list")


def test_a_session_that_was_stopped_from_outside_draws_its_line_anew(start):
    t, _ = shell(start)
    t.send('"$LOOPLAB"\r')
    t.wait_prompt(PROMPT)
    type_line(t, "lis")
    t.signal(signal.SIGSTOP)
    t.wait_prompt("$ ")
    t.send("fg\n")  # the shell has found the terminal as it was: raw
    wait_line(t, "lis")
    t.send("t\r")
    t.wait_for(LAST_DEMO)


# --- terminals on which nothing can be edited, and half terminals


def plain(start, **options):
    """A prompt without an editor."""
    t = start(**options)
    t.wait_for(lambda t: t.line() == PROMPT.rstrip())
    return t


def uses_no_escapes(start, term):
    """Tries a session with TERM as given."""
    t = plain(start, env={"TERM": term}, rows=60)
    for line, last in (("list", DEMOS[-1].replace("_", " ", 1)), ("rnu", "did you mean"),
                       ("run 3 --clock=virtual", "together  ")):
        t.send(line + "\r")
        t.wait_for(lambda t: last in t.lines()[t.cursor()[1] - 1]
                   and t.line() == PROMPT.rstrip())
    t.press("ctrl-d")
    t.wait_end()
    assert b"\033" not in t.raw


def test_a_dumb_terminal_gets_a_plain_prompt_without_escapes(start):
    uses_no_escapes(start, "dumb")


def test_a_terminal_without_a_name_gets_one_as_well(start):
    uses_no_escapes(start, None)
    uses_no_escapes(start, "")


def test_a_terminal_nobody_knows_gets_a_plain_prompt(start):
    t = plain(start, env={"TERM": "no-such-terminal"})
    t.send("list\r")
    t.wait_for("04")
    t.press("ctrl-d")
    assert t.wait_end() == 0


def test_ctrl_c_at_a_plain_prompt_cancels_the_run_only(start):
    t = plain(start, env={"TERM": "dumb"})
    t.send("run 2 timer nap=60000 beat=2\r")
    t.wait_for("the nap begins")
    t.press("ctrl-c")
    t.wait_for("cancelled")
    t.wait_for(lambda t: t.line() == PROMPT.rstrip())
    t.press("ctrl-d")
    t.wait_end()


def test_ctrl_c_at_an_empty_plain_prompt_says_how_to_quit(start):
    t = plain(start, env={"TERM": "dumb"})
    t.press("ctrl-c")
    t.wait_for("quit")


def test_ctrl_c_ends_looplab_while_it_reads_commands_for_a_pipe(start):
    t = start("/bin/sh", "-c", '"$LOOPLAB" | cat')
    t.send("rnu\r")
    t.wait_for("did you mean")  # so it reads, and will go on reading
    t.press("ctrl-c")
    t.wait_end()


def test_commands_from_a_terminal_go_to_a_pipe_without_a_prompt(start):
    t = start("/bin/sh", "-c", '"$LOOPLAB" | cat')
    t.send("list\rtable 3 together\r")  # by the virtual clock
    t.press("ctrl-d")
    assert t.wait_end() == 0
    assert LAST_DEMO in t.text() and "together  delay" in t.text()
    assert PROMPT not in t.text() and b"\033" not in t.raw


def test_a_pipe_gets_each_answer_before_the_next_command_is_read(start):
    t = start("/bin/sh", "-c", '"$LOOPLAB" | cat')
    t.send("list\r")
    t.wait_for(LAST_DEMO)


def test_commands_from_a_pipe_are_answered_on_the_terminal(start):
    t = start("/bin/sh", "-c", 'echo list | "$LOOPLAB"', rows=60,
              columns=120)
    assert t.wait_end() == 0
    rows = [row[:3] for row in t.lines()[:len(DEMOS) + 1]]
    assert rows == [f"{name[:2]} " for name in DEMOS] + [""]
    assert PROMPT not in t.text() and PASTE_ON not in t.raw


def test_a_stream_that_is_closed_or_full_is_told_in_one_sentence(start):
    for streams, sentence, status in (
            ("<&-", "standard input is closed", 2),
            (">&-", "standard output is closed", 74),
            (">/dev/full", "No space left on device", 74)):
        t = start("/bin/sh", "-c", "stty -echo; echo ready; "
                  f'exec "$LOOPLAB" {streams}')
        t.wait_for("ready")
        t.send("list\r\004")
        assert t.wait_end() == status, streams
        told = t.text().splitlines()[1:]
        assert len(told) == 1 and sentence in told[0], told


def test_without_anything_to_read_looplab_ends_at_once(start):
    t = start("/bin/sh", "-c", 'exec "$LOOPLAB" </dev/null')
    assert t.wait_end() == 0


def test_what_a_file_holds_does_not_steer_the_terminal(start):
    t = start("/bin/sh", "-c", "cd; read go; exec /bin/sh go.sh")
    (t.home / "90_faults.c").write_bytes(
        b"int x;\t// \033]0;title\007\033[2J\n\tint y;\xc2\x9b2J\n")
    (t.home / "90_faults.md").write_text("\033[2Jlesson\n")
    (t.home / "go.sh").write_text(
        'cp "${LOOPLAB%/*}/tests-demos/90_faults.so" .\n'
        '"$LOOPLAB" --demos=. source 90\n'
        '"$LOOPLAB" --demos=. --lessons=. lesson 90\n'
        '"$LOOPLAB" --demos=. source 90 | cmp - 90_faults.c && echo same\n')
    t.send("\r")
    t.wait_for("same")
    assert b"\033[2J" not in t.raw and b"\007" not in t.raw
    assert r"int x;  // \x1b]0;title\x07\x1b[2J" in t.lines()
    assert r"        int y;\u009b2J" in t.lines()
    assert r"\x1b[2Jlesson" in t.lines()


def test_a_line_of_a_script_does_not_steer_the_terminal(start):
    t = start("/bin/sh", "-c", "printf 'run 3 \"\\033[2J\" &\\n' | "
              '"$LOOPLAB"; echo has ended')
    t.wait_for("has ended")
    assert b"\033[2J" not in t.raw
    assert t.text().count(r'run 3 "\x1b[2J"') == 2  # begun and done


def test_doctor_knows_where_lines_can_be_edited(start):
    for term, fine in ("xterm-256color", True), ("dumb", False), (
            "none-such", False):
        t = start("doctor", env={"TERM": term})
        t.wait_end()
        assert ("terminal   fine:" in t.text()) == fine, t.text()
        assert ("lines cannot be" in t.text()) != fine, t.text()

"""Runs, while one types: what they print never damages the line."""

import os
import random
import re
import signal

from session import (BESIDE, LAST_DEMO, PROMPT, assert_alone, command, leave,
                     opened, run_beside, type_line, wait_line, wait_output)

# --- a run beside the prompt


def test_a_run_beside_the_prompt_says_that_it_began_and_ended(start):
    t = opened(start, rows=40)
    line = "run 3 in_turn n=1 --clock=x100 &"
    type_line(t, line)
    t.press("enter")
    t.wait_for(lambda t: f"[1] {line}" in t.lines())
    t.wait_for(lambda t: f"[1] done: {line}" in t.lines())
    t.wait_prompt(PROMPT)


def test_a_line_stays_whole_while_a_run_prints(start):
    t = opened(start, rows=40)
    run_beside(t)
    type_line(t, "lst")
    t.press("left", "left")
    wait_output(t)
    wait_line(t, "lst", 1)
    t.send("i")
    wait_line(t, "list", 2)
    wait_output(t)
    wait_line(t, "list", 2)
    assert_alone(t)
    t.press("enter")
    t.wait_for(LAST_DEMO)


def test_a_line_stays_whole_while_a_demo_prints_without_lab_say(start):
    t = opened(start, "/bin/sh", "-c",
               'exec "$LOOPLAB" --demos="${LOOPLAB%/*}/tests-demos"', rows=40)
    line = "run 92 in_task delay=200 &"
    command(t, line)
    type_line(t, "lst")
    t.press("left", "left")
    t.wait_for("] done: ")
    wait_line(t, "lst", 1)
    printed = [row.split("s  ")[1] for row in t.lines() if "s  b  " in row]
    assert [row.split()[1:] for row in printed] == [
        ["b:", "printf"], ["puts"], ["standard", "error"], ["one,", "two"],
        ["write"], ["\\x1b[2J"], ["the", "rest"]], t.text()


def test_a_wrapped_line_stays_whole_while_a_run_prints(start):
    t = opened(start, columns=40, rows=60)
    run_beside(t)
    word = "".join(map(str, range(60)))
    type_line(t, word)
    t.press(*["left"] * 40)
    wait_output(t)
    wait_line(t, word, len(word) - 40)
    t.send("x")
    wait_output(t)
    whole = word[:-40] + "x" + word[-40:]
    wait_line(t, whole, len(whole) - 40)
    assert_alone(t)
    t.press("enter")
    t.wait_for(lambda t: f'"{whole}"' in t.text().replace("\n", ""))


def test_wide_characters_stay_whole_while_a_run_prints(start):
    t = opened(start, columns=40, rows=60)
    run_beside(t)
    type_line(t, "世界" * 8)
    wait_output(t)
    wait_line(t, "世界" * 8)
    t.press("left")
    wait_output(t)
    wait_line(t, "世界" * 8, 15)
    assert_alone(t)


def test_a_search_goes_on_while_a_run_prints(start):
    t = opened(start, rows=90)
    command(t, "list")
    run_beside(t)
    t.press("ctrl-r")
    for typed, found in (("l", BESIDE), ("i", "list")):
        t.send(typed)
        wait_output(t)
        t.wait_for(lambda t: re.fullmatch('search "l.?": ' + found, t.line()))
    assert t.text().count('search "') == 1
    t.press("enter")
    t.wait_for(lambda t: t.text().count(LAST_DEMO) == 2)


def test_escape_still_means_alt_when_a_run_has_printed(start):
    t = opened(start, rows=40)
    run_beside(t)
    type_line(t, "one two")
    t.press("escape")
    wait_output(t)
    wait_line(t, "one two")
    t.send("b")
    wait_line(t, "one two", len("one "))


def test_ctrl_v_still_quotes_when_a_run_has_printed(start):
    t = opened(start, rows=40)
    run_beside(t)
    type_line(t, "lis")
    t.press("ctrl-v")
    wait_output(t)
    wait_line(t, "lis")
    t.send("t")
    wait_line(t, "list")


def test_a_resized_line_stays_whole_while_a_run_prints(start):
    t = opened(start, columns=40, rows=60)
    word = "".join(map(str, range(60)))
    run_beside(t)
    type_line(t, word)
    t.press(*["left"] * 40)
    for columns in (70, 30):
        wait_output(t)
        t.resize(columns, 60)
        wait_line(t, word, len(word) - 40)
        wait_output(t)
        wait_line(t, word, len(word) - 40)
        assert_alone(t)


def test_two_runs_beside_the_prompt_both_print(start):
    t = opened(start, rows=60)
    command(t, BESIDE)
    command(t, "run 1 together --clock=x10 &")
    type_line(t, "lis")
    t.wait_for(lambda t: "[2] done:" in t.text() and "hello" in t.text())
    wait_output(t)
    wait_line(t, "lis")


# --- Ctrl-C. ThreadSanitizer keeps a signal that comes just before a switch to
# another task until the first one runs again; hence each wait for rest.


def test_ctrl_c_cancels_the_run_and_returns_to_the_prompt(start):
    t = opened(start)
    for variant in ("blocking", "timer"):
        type_line(t, f"run 2 {variant} nap=60000 beat=2")
        t.press("enter")
        t.wait_for(lambda t: t.lines()[t.cursor()[1] - 1].endswith("begins"))
        t.wait_rest()
        t.press("ctrl-c")
        t.wait_prompt(PROMPT)
        assert t.lines()[t.cursor()[1] - 1].startswith("cancelled;")
    assert command(t, "clock")[0].startswith("The clock is")


def test_a_cancelled_run_says_and_claims_nothing_more(start):
    t = opened(start)
    for demo, last in (("1 blocking first=60000", "blocking:"),
                       ("2 blocking nap=60000 beat=2", "the nap begins"),
                       ("4 on_loop job=60000", "on_loop:")):
        type_line(t, "run " + demo)
        t.press("enter")
        t.wait_for(lambda t: last in t.lines()[t.cursor()[1] - 1])
        t.wait_rest()
        t.press("ctrl-c")
        t.wait_prompt(PROMPT)
        rows = t.lines()[:t.cursor()[1]]
        assert rows[-1].startswith("cancelled;") and last in rows[-2], rows[-4:]


def test_what_ctrl_c_cut_off_is_what_ran_last(start):
    t = opened(start, rows=60)
    file = t.home / "cut.jsonl"
    command(t, "run 1 --clock=virtual")
    type_line(t, f"run 3 together delay=60000 --record={file}")
    t.press("enter")
    t.wait_for("together: spawn all")
    t.wait_rest()
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    for line in ("", f" {file}"):
        rows = command(t, "why t1" + line)
        assert rows[0].endswith(", where it was interrupted"), rows
        assert rows[1].startswith("t1 together waits for t2 to t6"), rows
        rows = command(t, "story" + line)
        assert "interrupted" in rows, rows
        t.press("ctrl-l")
        t.wait_prompt(PROMPT)
    assert "t2 a.txt     waiting" in "\n".join(command(t, "ps"))


def test_a_blocked_loop_that_ctrl_c_cuts_off_is_what_ran_last(start):
    t = opened(start, rows=60)
    type_line(t, "run 2 blocking nap=60000 beat=2")
    t.press("enter")
    t.wait_for("the nap begins")
    t.wait_rest()
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    rows = command(t, "ps")
    assert rows[0].startswith("02 blocking: event "), rows
    assert rows[0].endswith("interrupted") or "interrupted" in rows[1], rows


def test_ctrl_c_stops_orders_and_shows_what_was_seen(start):
    t = opened(start, rows=60)
    type_line(t, "orders 4 pool_4 jobs=64 job=60000 beat=10")
    t.press("enter")
    t.wait_for(" so far, 1 outcome; Ctrl-C stops")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert "so far" not in t.text()
    assert "You stopped it: there are more orders." in " ".join(t.lines())
    assert command(t, "clock")[0].startswith("The clock is")


def test_ctrl_c_twice_leaves_the_prompt_alive(start):
    t = opened(start)
    type_line(t, "run 2 nap=60000 beat=2")
    t.press("enter")
    t.wait_for("the nap begins")
    t.wait_rest()
    t.press("ctrl-c", "ctrl-c")
    t.wait_for("cancelled")
    t.wait_prompt(PROMPT)
    t.send("list\r")
    t.wait_for(LAST_DEMO)


def test_ctrl_c_loses_nothing_that_was_printed(start):
    t = opened(start)
    t.send("run all --clock=virtual\r")
    t.raw += os.read(t.child.child_fd, 1)  # the rest stays in the kernel
    while not t.rests():
        pass
    t.press("ctrl-c")
    t.wait_for("Type quit, or press Ctrl-D, to leave.")
    for question in ("Does async", "What stops", "Is awaiting", "Where can"):
        assert question in t.raw.decode(), question


def test_ctrl_c_drops_what_was_typed_ahead(start):
    t = opened(start)
    type_line(t, "run 2 blocking nap=60000 beat=2")
    t.press("enter")
    t.wait_for("the nap begins")
    t.wait_rest()
    t.send("quit\r")
    t.press("ctrl-c")
    t.wait_for("cancelled")
    t.wait_prompt(PROMPT)
    assert command(t, "clock")[0].startswith("The clock is")


def burst(t, keys):
    """Sends keys at once, the last of which are the line "clock"."""
    mark = len(t.raw)
    t.send(keys + "clock\r")
    t.wait_for(lambda t: b"The clock is" in t.raw[mark:])
    t.wait_prompt(PROMPT)


def test_a_line_sent_with_ctrl_c_is_read_whatever_goes_on(start):
    t = opened(start)
    for before in (None, "run 2 timer nap=60000 beat=2",
                   "run 2 blocking nap=60000 beat=2",
                   "orders 4 pool_4 jobs=64 job=60000 beat=10"):
        for keys in ("\x03", "quit\r\x03", "\x03\x03", "q\033[\x03"):
            mark = len(t.raw)
            if before:
                t.send(before + "\r")
                t.wait_for(lambda t: b"the nap begins" in t.raw[mark:]
                           or b"Ctrl-C stops" in t.raw[mark:])
            burst(t, keys)


def test_a_line_sent_with_ctrl_c_is_read_beside_a_run(start):
    t = opened(start)
    for before, begun in (
            ("run 2 timer nap=60000 beat=2 &", b"the nap begins"),
            ("run 2 blocking nap=60000 beat=2 --debug=20ms &", b"has held")):
        for keys in ("\x03", "quit\r\x03", "\x03\x03", "q\033[\x03"):
            mark = len(t.raw)
            t.send(before + "\r")
            t.wait_for(lambda t: begun in t.raw[mark:])
            t.send(keys + "clock\r")
            t.wait_for(lambda t: b"The clock is" in t.raw[mark:]
                       and b"] done: " in t.raw[mark:])
            t.wait_prompt(PROMPT)


def test_a_command_and_ctrl_c_in_one_burst_cancel_it(start):
    t = opened(start)
    for _ in range(10):
        burst(t, "run 2 timer nap=60000 beat=2\r\x03")


def test_what_is_typed_while_a_command_runs_is_read_after_it(start):
    t = opened(start, rows=60)
    type_line(t, "run 3 in_turn n=1 --clock=x10")
    t.send("\rclock\rset 3 ")
    t.wait_for("a.txt arrived")
    t.send("delay=5\r")
    t.wait_for("delay=5 ms")
    assert "The clock is real" in t.text()


def test_the_stepper_gets_what_was_typed_ahead_and_leaves_the_rest(start):
    t = opened(start, rows=60)
    command(t, "run 3 together --clock=virtual")
    t.send("stepper\r  qclock\r")
    t.wait_for("The clock is real")
    assert "event 2 of 56" in t.text()


def test_ctrl_c_on_an_empty_line_says_how_to_quit(start):
    t = opened(start)
    t.press("ctrl-c")
    t.wait_for("Type quit, or press Ctrl-D, to leave.")
    t.wait_prompt(PROMPT)


def test_ctrl_c_drops_what_is_typed(start):
    t = opened(start)
    type_line(t, "quit")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert PROMPT + "quit^C" in t.lines()
    assert "Type quit" not in t.text()
    assert command(t, "clock")[0].startswith("The clock is")


def test_ctrl_c_in_a_search_comes_back_to_an_empty_line(start):
    t = opened(start)
    command(t, "list")
    t.press("ctrl-r")
    t.send("li")
    t.wait_for('search "li": list')
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert command(t, "clock")[0].startswith("The clock is")


def test_ctrl_c_on_an_empty_line_cancels_what_runs_beside(start):
    t = opened(start)
    command(t, "run 2 timer nap=60000 beat=2 &")
    t.wait_for("the nap begins")
    t.press("ctrl-c")
    t.wait_for("[1] done:")
    t.wait_prompt(PROMPT)
    assert "cancelled;" in t.text() and "Type quit" not in t.text()


def test_leaving_ends_what_runs_beside(start):
    t = opened(start)
    command(t, "run 2 timer nap=60000 beat=2 &")
    t.wait_for("the nap begins")
    leave(t)


# --- many random keys

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789+"


class Line:
    """What the editor should make of the keys; + parts words."""

    def __init__(self):
        self.text, self.at = "", 0

    def insert(self, text):
        self.text = self.text[:self.at] + text + self.text[self.at:]
        self.at += len(text)

    def press(self, key):
        text, at = self.text, self.at
        if key == "ctrl-w":
            kept = re.sub(r"[^+]*\+*$", "", text[:at])
            self.text, self.at = kept + text[at:], len(kept)
        elif key == "ctrl-k":
            self.text = text[:at]
        elif key == "backspace":
            self.text = text[:max(at - 1, 0)] + text[at:]
            self.at = max(at - 1, 0)
        elif key == "delete":
            self.text = text[:at] + text[at + 1:]
        else:
            self.at = {"left": max(at - 1, 0), "ctrl-a": 0,
                       "right": min(at + 1, len(text)),
                       "ctrl-e": len(text)}[key]


KEYS = ["left"] * 6 + ["right"] * 4 + ["backspace"] * 2 + [
    "delete", "delete", "ctrl-a", "ctrl-e", "ctrl-k", "ctrl-w"]


def type_at_random(t, chance, line, letters):
    """A few dozen keys, which the line is told as well."""
    for _ in range(chance.randint(5, 20)):
        if chance.random() < 0.6:
            text = "".join(chance.choices(letters, k=chance.randint(1, 12)))
            t.send(text)
            line.insert(text)
        else:
            key = chance.choice(KEYS)
            t.press(key)
            line.press(key)


def enter_and_compare(t, line):
    """Makes the line an unknown command; its sentence quotes what ran."""
    t.press("ctrl-a")
    t.send("zq")
    mark = len(t.raw)
    t.press("enter")
    t.wait_for(lambda t: re.search(rb'";\s+help\s+lists', t.raw[mark:]))
    t.wait_prompt(PROMPT)
    run = re.search(r'no\s+command\s+"([^"]*)"', t.raw[mark:].decode())[1]
    assert run == "zq" + line.text, (run, line.text)


def test_whatever_is_typed_is_what_is_shown_and_what_is_run(start):
    chance = random.Random(2034)
    t = opened(start, columns=40)
    for letters in [LETTERS] * 15 + [LETTERS + "世界語中文字"] * 15:
        line = Line()
        for _ in range(3):
            type_at_random(t, chance, line, letters)
            wait_line(t, line.text, line.at)
        enter_and_compare(t, line)


def test_so_it_is_while_a_run_prints(start):
    chance = random.Random(2027)
    t = opened(start, columns=40, rows=60)
    for _ in range(30):
        run_beside(t, BESIDE.replace("x10", "x20"))
        line = Line()
        type_at_random(t, chance, line, LETTERS)
        wait_output(t)
        type_at_random(t, chance, line, LETTERS)
        wait_line(t, line.text, line.at)
        assert_alone(t)
        enter_and_compare(t, line)


# --- who holds the loop


def test_who_holds_the_loop_is_named_while_it_is_held(start):
    t = opened(start)
    type_line(t, "run 2 blocking nap=60000 beat=2 --debug=20ms")
    t.press("enter")
    t.wait_for(lambda t: re.search(
        r"task #1 blocking, at demos/02_sleep_timer.c:\d+,", t.text()))
    t.press("ctrl-c")
    t.wait_for("cancelled")
    t.wait_prompt(PROMPT)


# --- a quiet run, drawn while it goes on


def test_a_quiet_run_is_drawn_as_it_goes_on_and_then_as_it_was(start):
    t = opened(start)
    type_line(t, "timeline 3 in_turn --clock=x2")
    t.press("enter")
    t.wait_for(lambda t: re.search(
        r"in_turn  \d\.\d+ s of 5.000 s", t.text()))
    t.wait_prompt(PROMPT)
    assert " of 5.000 s" not in t.text()
    assert "running  ─ waiting" in t.text()


def test_ctrl_c_takes_off_what_is_drawn_of_a_quiet_run(start):
    t = opened(start)
    type_line(t, "timeline 3 in_turn delay=60000")
    t.press("enter")
    t.wait_for(" of 300.0 s")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    rows = t.lines()[:t.cursor()[1]]
    assert rows[-1].startswith("cancelled;") and " of 300.0 s" not in t.text(), rows
    assert command(t, "clock")[0].startswith("The clock is")


# --- a run in front of the prompt, as a picture


def test_a_live_picture_leaves_nothing_in_a_window_that_becomes_narrower(start):
    t = opened(start)
    t.send("compare 3 in_turn delay=60000 --clock=x1\r")
    t.wait_for(lambda t: "of 300.0 s  call each, wait for it" in t.text())
    t.signal(signal.SIGSTOP)  # what was drawn is all there before it changes
    t.wait_rest()
    t.resize(40, 24)
    t.signal(signal.SIGCONT)
    t.wait_for(lambda t: "  call each, wait for it" in t.lines())
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert "of 300.0 s" not in t.text(), t.text()
    assert "  n=5, delay=60000 ms, clock real" in t.lines(), t.text()
    leave(t)

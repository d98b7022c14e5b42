"""What Tab completes, and what it lists."""

import re
import shutil

from session import (HERE, PROMPT, command, opened, type_line,
                     wait_line)


def test_a_list_that_is_there_is_not_printed_again(start):
    t = opened(start)
    titles = "in_turn   call each, wait for it"
    type_line(t, "run 3 ")
    t.press("tab")
    t.wait_for(titles)
    wait_line(t, "run 3 ")
    t.press("tab", "tab")
    t.send("x")
    wait_line(t, "run 3 x")
    assert t.lines().count(titles) == 1, t.lines()
    t.press("backspace", "tab")  # something was typed in between
    t.wait_for(lambda t: t.lines().count(titles) == 2)


def test_tab_completes_what_can_only_be_one_thing(start):
    t = opened(start)
    for typed, line in {
            "ru": "run ",
            "ti": "timeline ",
            "run exec": "run executor ",
            "lesson seq": "lesson sequential_gather ",
            "run 3 to": "run 3 together ",
            "orders 3 to": "orders 3 together ",
            "run seq": "run sequential_gather ",
            "step timer": "step sleep_timer ",
            "export h": "export html ",
            "export svg run.svg 3 fr": "export svg run.svg 3 from=",
            "timeline 3 lan": "timeline 3 lanes=",
            "ps 3 together a": "ps 3 together at=",
            "until t2 en": "until t2 ends ",
            "run 3 del": "run 3 delay=",
            "run 3 delay=": "run 3 delay=1000 ",
            "run sequential together d": "run sequential together delay=",
            "set exec j": "set exec job",
            "run 3 --cl": "run 3 --clock=",
            "--cl": "--clock=",
            "run 3 --clock=v": "run 3 --clock=virtual ",
            "clock r": "clock real ",
            "help opt": "help options "}.items():
        # The blank behind a whole word is seen by the cursor.
        type_line(t, typed)
        t.press("tab")
        wait_line(t, line)
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_tab_lists_above_the_line_what_may_be_meant(start):
    t = opened(start)
    for typed, rows in {
            "c": ["compare  run a demo quietly; show its table, bars and "
                  "timelines",
                  "claims   show what is claimed besides, and whether it holds",
                  "cancel   cancel a command beside the prompt, or a task of "
                  "what it runs",
                  "clock    show or choose how time passes",
                  "clear    clear the screen"],
            "run 2 timer ": ["blocking  sleep with the thread held",
                             "nap=      1000 ms, of 1 to 60000: how long the "
                             "nap is",
                             "beat=     100 ms, of 2 to 10000: time from beat "
                             "to beat"],
            "clock x": ["x10   ten times as fast", "x0.5  half as fast"]}.items():
        row = t.cursor()[1]
        type_line(t, typed)
        t.press("tab")
        t.wait_for(lambda t: t.lines()[row:row + len(rows)] == rows
                   and t.cursor() == (len(PROMPT + typed), row + len(rows)))
        wait_line(t, typed)
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_tab_in_the_middle_completes_the_word_before_the_cursor(start):
    t = opened(start)
    type_line(t, "ru3")
    t.press("left", "tab")
    wait_line(t, "run 3", len("run "))


def test_tab_adds_nothing_to_what_nothing_begins_like(start):
    t = opened(start)
    for typed in ("xyz", "run 3 xyz", "frob ", "世"):
        t.send(typed)
        t.press("tab")
        t.send("!")
        t.wait_for(lambda t: t.line() == PROMPT + typed + "!")
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_tab_completes_tasks_of_what_ran_last(start):
    t = opened(start)
    command(t, "run 3 together --clock=virtual")
    for typed, line in {
            "why a.": "why a.txt ",
            "until t5": "until t5 ",
            "timeline lanes=t2,b": "timeline lanes=t2,b.txt ",
            "ps tog": "ps together "}.items():
        t.press("ctrl-l")
        t.wait_prompt(PROMPT)
        type_line(t, typed)
        t.press("tab")
        wait_line(t, line)
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_tab_completes_files_of_records(start):
    t = opened(start)
    (t.home / "deep").mkdir()
    (t.home / "deep" / "one.jsonl").write_text("")
    (t.home / "deep" / "one.txt").write_text("")
    for typed, line in {
            "timeline FOLDER/de": "timeline FOLDER/deep/",
            "ps FOLDER/deep/o": "ps FOLDER/deep/one.jsonl ",
            "diff FOLDER/deep/o": "diff FOLDER/deep/one.jsonl "}.items():
        type_line(t, typed.replace("FOLDER", str(t.home)))
        t.press("tab")
        wait_line(t, line.replace("FOLDER", str(t.home)))
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_tab_quotes_what_has_a_space(start):
    t = opened(start)
    (t.home / "my runs").mkdir()
    (t.home / "my runs" / "one two.jsonl").write_text("")
    command(t, "run 4 pool_2 --clock=virtual")
    t.press("ctrl-l")
    t.wait_prompt(PROMPT)
    for typed, line in {
            'why "job 4': 'why "job 4" ',
            "until t4 e": "until t4 ends ",
            "timeline lanes=loop,t10": "timeline lanes=loop,t10 ",
            'timeline "lanes=job 1,job 5': 'timeline "lanes=job 1,job 5" ',
            "timeline FOLDER/my": 'timeline "FOLDER/my runs/',
            "timeline FOLDER/my\\ runs/o":
                'timeline "FOLDER/my runs/one two.jsonl" ',
            'ps "FOLDER/my runs/o': 'ps "FOLDER/my runs/one two.jsonl" ',
            "ps 'FOLDER/my runs/o": "ps 'FOLDER/my runs/one two.jsonl' ",
            }.items():
        type_line(t, typed.replace("FOLDER", str(t.home)))
        t.press("tab")
        wait_line(t, line.replace("FOLDER", str(t.home)))
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_a_list_fits_a_narrow_terminal(start):
    t = opened(start, columns=20, rows=60)
    before = t.too_long()
    type_line(t, "run ")
    t.press("tab")
    t.wait_for("executor")
    wait_line(t, "run ")
    assert t.too_long() == before, t.too_long()


def test_the_beginning_of_a_long_list_does_not_scroll_away(start):
    for columns in 40, 80:
        t = opened(start, columns=columns)
        type_line(t, "help ")
        t.press("tab")
        t.wait_for("more; type how it begins")
        wait_line(t, "help ")
        rows = t.lines()
        assert any(row.split()[:1] == ["lesson"] for row in rows), t.text()
        assert re.search(r"^\.\.\. and \d+ more; type how it begins$", rows[-2])


def test_a_file_of_the_home_folder_is_completed_after_its_tilde(start):
    t = opened(start)
    for name in "mine.py", "my own.py":
        (t.home / name).write_text("async def main():\n    pass\n")
    for typed, line in {
            "run ~/mi": "run ~/mine.py ",
            "run ~/my": f'run "{t.home}/my own.py" ',
            "run ~/m": "run ~/m"}.items():
        type_line(t, typed)
        t.press("tab")
        wait_line(t, line)
        t.press("ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_zsh_completes_what_looplab_knows(start):
    zsh = shutil.which("zsh")
    if not zsh:
        print("zsh is not here, so its completion was not tried")
        return
    t = start(zsh, "-f", env={"PS1": "zsh> "})
    (t.home / "run.jsonl").touch()
    t.wait_prompt("zsh> ")
    # As an installed one is found; -u and -D: whoever owns the checkout.
    t.send(f"cd; fpath=({HERE}/../../src/shell/completions $fpath); "
           "path=(${LOOPLAB:h} $path); autoload -Uz compinit; "
           "compinit -u -D; ln -s $LOOPLAB ~/looplab; clear\r")
    t.wait_for(lambda t: t.text() == "zsh>")

    def becomes(typed, line):
        t.send(typed + "\t")
        t.wait_prompt("zsh> " + line)
        t.press("ctrl-u")
        t.wait_prompt("zsh> ")

    becomes("looplab tim", "looplab timeline ")
    becomes("looplab run sequ", "looplab run sequential_gather ")
    becomes("looplab run --ascii 3 to", "looplab run --ascii 3 together ")
    becomes("looplab run 3 del", "looplab run 3 delay=")  # a value follows
    becomes("looplab --clock=vir", "looplab --clock=virtual ")
    becomes("looplab timeline run.js", "looplab timeline run.jsonl ")
    becomes("~/looplab tim", "~/looplab timeline ")
    t.send("looplab run 3 t\b\t")  # what each means is beside it
    t.wait_for(lambda t: "together  -- spawn all, gather" in t.text()
               and "in_turn  -- call each, wait for it" in t.text())

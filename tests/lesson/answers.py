#!/usr/bin/env python3
"""Grading sees records and never text: tests/lesson/answers.py BUILD.

Solutions of some exercises pass with every name changed, with other line
breaks, and by goto. Wrong answers that are right by luck are refused: with a
sleep that is surely long enough, and with results kept in the order in which
they come; then the schedule that is told shows it. All are programs of
exercises in a folder of lessons, which looplab checks."""

import ast
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
LOOPLAB = Path(sys.argv[1]).resolve() / "looplab"
WORD = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|#[^\n]*|[.>]?\b[A-Za-z_]\w*')
C_WORDS = set("""break case char const continue do else enum for goto if int
    return sizeof static struct switch void while bool true false NULL size_t
    int64_t uint32_t intptr_t uintptr_t""".split())

# By goto, and in an order of its own.
GOTO_11 = """#include "lab.h"
enum { MOST = 60 };
static struct lab_semaphore gate;
static int go(void *unused) {
    int code = lab_semaphore_acquire(&gate);
    (void)unused;
    if (code < 0) goto out;
    lab_say("begins");
    code = lab_sleep(lab_param("delay"));
    if (code < 0) goto leave;
    lab_say("arrived");
leave:
    lab_say("ends");
    lab_semaphore_release(&gate);
out:
    return code;
}
static int all(void) {
    lab_task *them[MOST];
    int64_t many = lab_param("n"), at = 0;
    lab_semaphore_init(&gate, (size_t)lab_param("limit"));
again:
    if (at == many) return lab_gather(them, (size_t)many);
    them[at++] = lab_spawn("anything", go, NULL);
    goto again;
}
"""
GOTO_3 = """#include "lab.h"
enum { MOST = 30 };
static int64_t which[MOST];
static int fetch(void *arg) {
    const int64_t *mine = arg;
    int code = lab_sleep((lab_param("n") + 1 - *mine) * lab_param("delay"));
    if (code < 0) goto out;
    lab_say("it has arrived");
    code = (int)*mine;
out:
    return code;
}
static int all(void) {
    lab_task *them[MOST];
    int64_t many = lab_param("n"), i = 0;
more:
    which[i] = i + 1;
    them[i] = lab_spawn("x", fetch, &which[i]);
    if (++i < many) goto more;
    LAB_TRY(lab_gather(them, (size_t)many));
    i = 0;
next:
    lab_say("report %d", lab_task_result(them[i]));
    if (++i < many) goto next;
    return 0;
}
"""
# All take as long as the slowest, so that they come in the order of the tasks:
# first in, first out alone is kind to them.
APPENDED_C = """#include "lab.h"
enum { MOST = 30 };
static int64_t which[MOST];
static int results[MOST], count;
static int fetch(void *arg) {
    LAB_TRY(lab_sleep(lab_param("n") * lab_param("delay")));
    lab_say("arrived");
    results[count++] = (int)*(int64_t *)arg;
    return 0;
}
static int all(void) {
    lab_task *them[MOST];
    int64_t n = lab_param("n");
    count = 0;
    for (int64_t i = 0; i < n; i++) {
        which[i] = i + 1;
        them[i] = lab_spawn("download", fetch, &which[i]);
    }
    LAB_TRY(lab_gather(them, (size_t)n));
    for (int64_t i = 0; i < n; i++)
        lab_say("report %d", results[i]);
    return 0;
}
"""
APPENDED_PYTHON = """import asyncio

n = 3
delay = 1.0
results = []


async def download(i):
    await asyncio.sleep(n * delay)
    print("arrived")
    results.append(i)


async def main():
    await asyncio.gather(*[download(i) for i in range(1, n + 1)])
    for i in results:
        print("report", i)


asyncio.run(main())
"""
# The others are surely over by then, if they come first at that moment.
PATIENT_C = """#include "lab.h"
enum { MOST = 30 };
static int64_t which[MOST];
static int results[MOST];
static int fetch(void *arg) {
    int64_t i = *(int64_t *)arg;
    LAB_TRY(lab_sleep((lab_param("n") - i + 1) * lab_param("delay")));
    lab_say("arrived");
    results[i - 1] = (int)i;
    return 0;
}
static int all(void) {
    lab_task *them[MOST];
    int64_t n = lab_param("n");
    for (int64_t i = 0; i < n; i++) {
        which[i] = i + 1;
        results[i] = 0;
        them[i] = lab_spawn("download", fetch, &which[i]);
    }
    LAB_TRY(lab_yield());
    LAB_TRY(lab_sleep(n * lab_param("delay"))); // all are here, are they not?
    for (int64_t i = 0; i < n; i++)
        lab_say("report %d", results[i]);
    return lab_gather(them, (size_t)n);
}
"""
PATIENT_PYTHON = """import asyncio

n = 3
delay = 1.0
results = {}


async def download(i):
    await asyncio.sleep((n - i + 1) * delay)
    print("arrived")
    results[i] = i


async def main():
    tasks = [asyncio.create_task(download(i)) for i in range(1, n + 1)]
    await asyncio.sleep(0)
    await asyncio.sleep(n * delay)  # all are here, are they not?
    for i in range(1, n + 1):
        print("report", results.get(i))
    await asyncio.wait(tasks)


asyncio.run(main())
"""
# While orders are tried a turn has no end: then the second report comes late,
# and what is shown must be that run.
TURNS_C = """#include "lab.h"
enum { MOST = 30 };
static int second(void *arg) {
    (void)arg;
    LAB_TRY(lab_sleep(5 * LAB_MS));
    lab_say("report 2");
    return 0;
}
static int third(void *arg) {
    (void)arg;
    lab_block(10 * LAB_MS);
    LAB_TRY(lab_yield());
    LAB_TRY(lab_yield());
    lab_say("report 3");
    return 0;
}
static int all(void) {
    for (int64_t i = 0; i < lab_param("n"); i++)
        lab_say("arrived");
    lab_say("report 1");
    lab_task *both[] = {lab_spawn("second", second, NULL),
                        lab_spawn("third", third, NULL)};
    return lab_gather(both, 2);
}
"""


def blocks_of(text):
    """(head, body) of each fenced block."""
    return re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.M | re.S)


def renamed_c(text, table):
    kept = C_WORDS | set(re.findall(r"\w+", table))
    new = {}

    def rename(match):
        word = match.group()
        if word[0] in '"/#.>' or word in kept or word.lower().startswith("lab"):
            return word
        return new.setdefault(word, f"q{len(new)}_")
    return WORD.sub(rename, text)


def on_few_lines(text):
    """The same on as few lines as the preprocessor allows."""
    text = re.sub(r"//[^\n]*", "", text)
    head = [line for line in text.split("\n") if line.startswith("#")]
    rest = " ".join(line.strip() for line in text.split("\n")
                    if not line.startswith("#"))
    return "\n".join(head + [rest]) + "\n"


class Renamer(ast.NodeTransformer):
    def __init__(self, tree, kept):
        bound = [getattr(n, "name", None) or getattr(n, "arg", None)
                 or getattr(n, "id", None) for n in ast.walk(tree)
                 if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef,
                                   ast.arg, ast.ExceptHandler))
                 or isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        self.new = {name: f"q{i}_" for i, name in enumerate(bound)
                    if name and name not in kept}

    def visit(self, node):
        for field in "name", "arg", "id":
            name = getattr(node, field, None)
            if name in self.new and not isinstance(node, ast.alias):
                setattr(node, field, self.new[name])
        return self.generic_visit(node)


def renamed_python(text):
    """Other names, and Python's own idea of lines; no comment is left."""
    tree = ast.parse(text)
    kept = {target.id for statement in tree.body
            if isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Constant)
            for target in statement.targets}
    return ast.unparse(Renamer(tree, kept).visit(tree)) + "\n"


def remade(name, c_too, python_too):
    """An exercise with these programs in the place of its own."""
    text = (LESSONS / "exercises" / name).read_text()
    table = "".join(body for head, body in blocks_of(text)
                    if head == "c table")
    programs = []
    for head, body in blocks_of(text):
        if head.startswith("c solution"):
            programs += [("c solution: renamed", renamed_c(body, table)),
                         ("c solution: on few lines", on_few_lines(body))]
        elif head.startswith("python solution"):
            programs.append(("python solution: renamed",
                             renamed_python(body)))
    for head, body in programs:
        assert body not in text, head
    kept = re.sub(r"^```(c|python) solution[^\n]*\n.*?^```\n", "", text,
                  flags=re.M | re.S)
    more = "".join(f"```{head}\n{body}```\n\n"
                   for head, body in programs + c_too + python_too)
    before, after = kept.split("```hint", 1)
    return before + more + "```hint" + after


def looplab(*words, typed=None, **more):
    return subprocess.run([LOOPLAB, *words], input=typed, text=True,
                          capture_output=True, check=False,
                          env={**os.environ, **more})


def shows_it(folder, name, text):
    """The schedule that is told against it gives the reports in another
    order."""
    program = folder / name
    program.write_text(text)
    graded = looplab("exercise", "3", program)
    command = next(line for line in graded.stdout.split("\n")
                   if line.startswith("timeline "))
    words = command.split(" shows all")[0].split()[1:]
    assert graded.returncode == 1 and "--schedule=" in command, graded
    order = [re.findall(r"report (\d)", looplab("run", *what).stdout)[:3]
             for what in (words[:-1], words)]
    assert order[0] == ["1", "2", "3"] != order[1], order


def counting_compiler(folder):
    """A compiler that writes down each time that it is asked, and where."""
    compiler, count = folder / "count-cc", folder / "count"
    compiler.write_text(f"#!/bin/sh\necho >>'{count}'\nexec cc \"$@\"\n")
    compiler.chmod(0o700)
    return {"CC": str(compiler)}, lambda: len(count.read_text())


def can_be_driven(folder, table):
    """A program is driven as its twin in the other language is, and the
    command that is told replays what was chosen. It is compiled once."""
    told = []
    compiler, count_compiled = counting_compiler(folder)
    for name, text in ("driven.c", APPENDED_C + table), (
            "driven.py", APPENDED_PYTHON):
        program = folder / name
        program.write_text(text)
        got = looplab("drive", "exercise", "3", program, **compiler,
                      typed="1\n2\nb\n1\n3\n3\nauto\n")
        assert got.returncode == 0 and "You won with" in got.stdout, got
        told.append([re.sub(r"\s+", " ", part) for part in re.findall(
            r"You won with.*?orders win", got.stdout, re.S)])
        words = next(line for line in got.stdout.split("\n")
                     if line.startswith("timeline ")).split()[1:]
        reports = [re.findall(r"report (\d)", text)[:3] for text in (
            got.stdout.partition("first in, first out to the end")[2],
            looplab("run", *words).stdout)]
        assert reports[0] == reports[1] != ["1", "2", "3"], reports
    assert told[0] == told[1] != [], told
    assert count_compiled() == 1, count_compiled()
    swept = looplab("sweep", folder / "driven.c", "n=3..5", **compiler)
    assert swept.stdout.count("n=") >= 3 and not swept.stderr, swept
    assert count_compiled() == 2, count_compiled()
    again = looplab("drive", "exercise", "3", folder / "driven.py", "save",
                    "from", "9", typed="")
    assert again.returncode == 2 and "from 0 to 2" in again.stderr, again


def main():
    with tempfile.TemporaryDirectory() as name:
        lessons = Path(name)
        (lessons / "exercises").mkdir()
        exercises = {
            "11_semaphore.md": remade(
                "11_semaphore.md", [("c solution: goto", GOTO_11)], []),
            "03_sequential_gather.md": remade(
                "03_sequential_gather.md",
                [("c solution: goto", GOTO_3),
                 ("c wrong: order", APPENDED_C),
                 ("c wrong: order", PATIENT_C)],
                [("python wrong: order", APPENDED_PYTHON),
                 ("python wrong: order", PATIENT_PYTHON)]),
        }
        for file, text in exercises.items():
            (lessons / "exercises" / file).write_text(text)
        checked = looplab("--lessons=" + name, "lessons", "--check",
                          "exercises")
        sys.stdout.write(checked.stdout)
        sys.stderr.write(checked.stderr)
        assert checked.returncode == 0, "not graded as they should be"
        table = next(body for head, body in blocks_of(
            exercises["03_sequential_gather.md"]) if head == "c table")
        shows_it(lessons, "appended.c", APPENDED_C + table)
        shows_it(lessons, "patient.c", PATIENT_C + table)
        shows_it(lessons, "turns.c", TURNS_C + table)
        shows_it(lessons, "appended.py", APPENDED_PYTHON)
        can_be_driven(lessons, table)


main()

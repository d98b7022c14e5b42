"""How programs end that no looplab should suffer from: each in one sentence,
soon, with nothing left behind: python3 tests/guest/ends.py BUILD [WORD...]

Each row is a claim, a program, and what standard error must say, as a regular
expression; what may be said besides is a traceback, on standard output. The
program is Python's if its first word is "import", and else the body of a main
of Python, or of main_task of C.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 600  # seconds, that only a failure reaches
MAIN = """import asyncio, ctypes, os, signal, sys, threading, time
async def main():
    print("begin")
    await asyncio.sleep(1)
    {}
asyncio.run(main())
"""
C = """#include "lab.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
{}
int main_task(void) {{
    lab_say("begin");
    lab_sleep(LAB_S);
    {}
    return 0;
}}
"""
PLACE = r"at 1\.000 s, after event \d+; t1 main(_task)? was running, line \d+"
QUIET = r"nothing has happened for \d\.\d+ s of machine time; " \
        r"--limit=time:T allows more"
SHORT = ["--limit=time:5s"]  # of silence, and so much for a start
BRIEF = ["--limit=time:1s"]  # likewise, in C
LONG = ["--limit=time:60s"]  # another limit comes first

# claim, program, words of looplab, status, standard error
PYTHON = [
    ("a null pointer", "ctypes.string_at(0)", [], 1,
     rf"crashed {PLACE} \(segmentation fault: .*\)"),
    ("abort", "os.abort()", [], 1, rf"crashed {PLACE} \(it called abort.*"),
    ("a signal", "os.kill(os.getpid(), 9)", [], 1,
     rf"was ended by a signal {PLACE} \(9, Killed\)"),
    ("a signal to its group", "os.kill(0, signal.SIGTERM)", [], 1,
     rf"was ended by a signal {PLACE} \(15, Terminated\)"),
    ("_exit", "os._exit(0)", [], 1,
     rf"ended its process with exit status 0 {PLACE}"),
    ("a stop", "os.kill(os.getpid(), signal.SIGSTOP)", SHORT, 1,
     rf"was stopped {PLACE}: {QUIET}"),
    ("computing", "while True: pass", SHORT, 1,
     r"was stopped at 1\.000 s, after event \d+; t1 main was running, "
     rf"line 5: {QUIET}"),
    ("computing after the run", "\n".join((
        "import asyncio", "async def main(): pass", "asyncio.run(main())",
        "while True: pass")), SHORT, 1, rf"was stopped: {QUIET} \(.* line 4\)"),
    ("computing before it", "import os\nwhile True: pass", SHORT, 1,
     rf"was stopped: {QUIET}.*"),
    ("ignoring signals",
     "[signal.signal(n, signal.SIG_IGN) for n in (2, 10, 15)]\n"
     "    while True: pass", SHORT, 1, rf"was stopped {PLACE}: {QUIET}"),
    ("another program", "os.execvp('sleep', ['sleep', '1000'])", SHORT, 1,
     rf"was stopped {PLACE}: {QUIET}"),
    ("a program below that waits",
     "__import__('subprocess').run(['sleep', '1000'])", SHORT, 1,
     rf"was stopped at 1\.000 s, .*: {QUIET}"),
    ("a thread without end",
     "threading.Thread(target=lambda: [time.sleep(1) for _ in iter(int, 1)])"
     ".start()", SHORT, 1, rf"was stopped.*: {QUIET}.*"),
    ("a thread that computes", "threading.Thread(target=spin).start()\n"
     "    await asyncio.sleep(1)\ndef spin():\n    while True: pass", SHORT, 1,
     r"was stopped at 1\.000 s, after event \d+; Thread-1.* was running, line 8"
     rf": {QUIET}"),
    ("much output", "while True: print('x' * 1000)", LONG, 1,
     r"was stopped at 1\.000 s, .*: it has printed more than 8 MiB"),
    ("and past print", "while True: os.write(1, b'x' * 1000)", LONG, 1,
     rf"was stopped {PLACE}: it has printed more than 8 MiB"),
    ("a line without end", "print('x' * 2000000)", [], 1,
     rf"was stopped {PLACE}: it has printed a line of more than 1 MiB"),
    ("a line without end, bit by bit", "while True: print('x', end='')", LONG, 1,
     rf"was stopped {PLACE}: it has printed a line of more than 1 MiB"),
    ("bytes in the record", "os.write(200, b'text\\n')", [], 1,
     rf"was stopped {PLACE}: it wrote into the pipe .*"),
    ("a closed record", "os.closerange(3, 300)", [], 1,
     r"it closed the pipe that its record goes through, descriptor \d+"),
    ("a refusal in the record", "os.write(200, b'{\"refused\":\"x\"}\\n')", [], 1,
     rf"was stopped {PLACE}: it wrote into the pipe .*"),
    ("memory", "x = [0] * (1 << 28)", [], 1, ""),
    ("memory, bit by bit", "x = []\n    while True: x.append('y' * 1000000)",
     LONG, 1, ""),
    ("recursion", "def f(): f()\n    f()", [], 1, ""),
    ("processes that stay",
     "for _ in range(5):\n        os.fork() or time.sleep(1000)", SHORT, 0, ""),
    ("processes without end", "while True: os.fork()", LONG, 1,
     "it forked more than 300 processes"),
    ("other programs without end",
     "while True: __import__('subprocess').Popen(['sleep', '1000'])", LONG, 1,
     "it forked more than 300 processes"),
    ("one that leaves its group",
     "if os.fork() == 0:\n        os.setsid()\n        os.fork() or "
     "os.execvp('sleep', ['sleep', '1000'])\n        os._exit(0)", [], 0, ""),
    ("closed output", "os.close(1)\n    print('x')", [], 0, ""),
    ("a signal to looplab", "os.kill(os.getppid(), signal.SIGINT)\n"
     "    await asyncio.sleep(1)", [], (0, 130), ".*"),
    ("an error after the run", "\n".join((
        "import asyncio", "async def main(): pass", "asyncio.run(main())",
        "raise ValueError('x')")), [], 1, ""),
    ("hours", "while True: await asyncio.sleep(1)", [], 1, ""),
]
PROGRAMS_C = [
    ("a closed record", "", "close(4); for (int i = 3; i < 64; i++) close(i);",
     [], (0, 1), ".*"),
    ("bytes in the record", "", 'ssize_t n = write(4, "x\\n", 2); (void)n;',
     [], 1, rf"was stopped {PLACE}: it wrote into the pipe .*"),
    ("a signal", "", "kill(getpid(), 9);", [], 1,
     rf"was ended by a signal {PLACE} \(9, Killed\)"),
    ("_exit", "", "_exit(0);", [], 1,
     rf"ended its process with exit status 0 {PLACE}"),
    ("a stop", "", "raise(SIGSTOP);", BRIEF, 1,
     rf"was stopped {PLACE}: {QUIET}"),
    ("blocked signals", "", "sigset_t all; sigfillset(&all); "
     "sigprocmask(SIG_SETMASK, &all, NULL); for (;;);",
     BRIEF, 1, rf"was stopped {PLACE}: {QUIET}"),
    ("a constructor without end",
     "__attribute__((constructor)) static void f(void) { for (;;); }", "",
     BRIEF, 1, rf"was stopped: {QUIET}"),
    ("a destructor without end",
     "__attribute__((destructor)) static void f(void) { for (;;); }", "",
     BRIEF, 1, rf"was stopped: {QUIET}"),
    ("a thread that is waited for",
     "static void *f(void *a) { for (;;); return a; }",
     "pthread_t t; pthread_create(&t, NULL, f, NULL); pthread_join(t, NULL);",
     BRIEF, 1, r".*held the loop for too much machine time.*"),
    ("a line without end", "",
     "char *x = malloc(2000001); memset(x, 65, 2000000); x[2000000] = 0; "
     'lab_say("%s", x);', [], 1,
     rf"was stopped {PLACE}: it has printed a line of more than 1 MiB"),
]

OLD = """#!/bin/sh
exec python3 -c 'import sys; sys.version_info = (3, 6, 9, "final", 0)
exec(compile(open(3).read(), "looplab", "exec"))' "$@"
"""
# As if looplab asked it where it is before it has begun.
EARLY = """#!/bin/sh
kill -USR1 $$
exec python3 "$@"
"""
# Longer than a program may be silent.
LATE = """#!/bin/sh
sleep 6
exec python3 "$@"
"""
SCRIPTS = {"old": OLD, "early": EARLY, "late": LATE}
SLEEPS = "import asyncio\nasyncio.run(asyncio.sleep(1))\n"
ASKS = "import asyncio\nname = input()\nasync def main(): print('hello', " \
       "name)\nasyncio.run(main())\n"
# claim, program, environment, standard input, status, standard error, and
# words of the output
SENTENCES = [
    ("no python3", SLEEPS, {"PATH": "/nowhere"}, None, 1,
     "python3 is not there; apt install python3, or set LOOPLAB_PYTHON to "
     "yours", ""),
    ("another python that is not there", SLEEPS,
     {"LOOPLAB_PYTHON": "nonsense"}, None, 1,
     "nonsense is not there; apt install python3, or set LOOPLAB_PYTHON to "
     "yours", ""),
    ("a folder as python", SLEEPS, {"LOOPLAB_PYTHON": "/tmp"}, None, 1,
     "/tmp cannot be started: permission denied", ""),
    ("an old python", SLEEPS, {"LOOPLAB_PYTHON": "./old"}, None, 2,
     "python3 is 3.6; looplab needs 3.8 or newer", ""),
    ("a python that is asked too early", SLEEPS,
     {"LOOPLAB_PYTHON": "./early"}, None, 0, "", ""),
    ("a python that takes long to begin", SLEEPS,
     {"LOOPLAB_PYTHON": "./late"}, None, 0, "", ""),
    ("wrong syntax", "x = 1\ndef f(:\n", {}, None, 2,
     "my.py:2: invalid syntax", ""),
    ("trio", "import trio\n", {}, None, 2,
     "my.py:1: it uses trio, whose loop is not asyncio's; looplab can record "
     "asyncio only", ""),
    ("curio", "import curio\n", {}, None, 2,
     "my.py:1: it uses curio, whose loop is not asyncio's; looplab can record "
     "asyncio only", ""),
    ("uvloop", "import uvloop\nuvloop.install()\n" + SLEEPS, {}, None, 0, "",
     "asyncio's own loop runs in place of uvloop"),
    ("no loop", "print(1)\n", {}, None, 2, "my.py never ran an event loop",
     "1"),
    ("nothing to read", ASKS, {}, None, 2,
     "my.py reads standard input, which is empty here (line 2); looplab run "
     "my.py < FILE", ""),
    ("a file to read", ASKS, {}, "bob\n", 0, "", "hello bob"),
    ("nothing of that name", "import asyncio\nimport no_such_one\n", {}, None,
     2, "my.py:2: no module named no_such_one is installed", ""),
    ("no end", MAIN.format("while True: await asyncio.sleep(1)"), {}, None, 1,
     "", "--limit=none"),
]


def rows():
    """Claim, file name, text, words, status, sentence."""
    for claim, text, *rest in PYTHON:
        if not text.startswith("import"):
            text = MAIN.format(text)
        yield (claim + " in Python", "my.py", text, *rest)
    for claim, top, body, *rest in PROGRAMS_C:
        yield (claim + " in C", "my.c", C.format(top, body), *rest)
    for claim, text, variables, given, status, sentence, shown in SENTENCES:
        yield (claim + ", told", "my.py", text, [], status,
               re.escape(sentence), variables, given, shown)


def left(folder):
    """The processes that still have this folder as theirs."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(path / "cwd").startswith(folder):
                found.append((path / "cmdline").read_bytes())
        except OSError:
            pass  # it has ended meanwhile, or is not ours
    return found


def try_one(looplab, name, text, words, status, sentence, variables=None,
            given=None, shown=""):
    """What is wrong with how a program ends; or nothing."""
    folder = tempfile.mkdtemp(prefix="looplab-ends-")
    try:
        Path(folder, name).write_text(text)
        if given is not None:
            Path(folder, "given").write_text(given)
        for script, lines in SCRIPTS.items():
            if f"./{script}" in (variables or {}).values():
                Path(folder, script).write_text(lines)
                os.chmod(Path(folder, script), 0o700)
        before = time.monotonic()
        end = subprocess.run(
            [looplab, "run", name, *words], cwd=folder,
            stdin=subprocess.DEVNULL if given is None
            else open(Path(folder, "given"), "rb"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE,
            env={**os.environ, "TMPDIR": folder, "LANG": "C.UTF-8",
                 "HOME": folder, **(variables or {})}, errors="replace")
        took = time.monotonic() - before
        files = sorted(set(os.listdir(folder)) - {"given", *SCRIPTS})
        begin = r"my\.\w+:? " if variables is None else ""
        prefix = rf"looplab: {begin}{sentence}\n" if sentence else ""
        wrong = []
        if end.returncode not in (status if isinstance(status, tuple)
                                  else (status,)):
            wrong.append(f"status {end.returncode}")
        if sentence != ".*" and not re.fullmatch(prefix, end.stderr):
            wrong.append(f"says {end.stderr[:400]!r}")
        if shown not in end.stdout:
            wrong.append(f"prints {end.stdout[-300:]!r}")
        if "Exception ignored" in end.stdout:
            wrong.append("shows a fault of the recorder")
        if left(folder):
            wrong.append(f"left {left(folder)}")
        if files != [name]:
            wrong.append(f"left {files}")
        return took, wrong
    except subprocess.TimeoutExpired:
        return PATIENCE, ["never ends"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(build="build", *words):
    looplab = Path(build, "looplab").resolve()
    tried = [row for row in rows()
             if not words or any(word in row[0] for word in words)]
    if b"__asan_init" in looplab.read_bytes():  # it looks for leaks at the end
        tried = [row for row in tried if "destructor" not in row[0]]
    passed = 0
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda row: try_one(looplab, *row[1:]), tried)
        for row, (took, wrong) in zip(tried, found):
            passed += not wrong
            if wrong or words:
                print(f"{row[0]}: {took:.1f} s {'; '.join(wrong)}")
    print(f"{passed} passed, {len(tried) - passed} failed")
    return passed != len(tried)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

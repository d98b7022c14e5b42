"""Programs that are not recorded, each with the sentence that says why, and
what is said of programs in notes. For check.py."""

import json
import tempfile
from pathlib import Path

RUN = "import asyncio\nasync def main():\n    {}\nasyncio.run(main())\n"

# name, the program, the recorder's options: its refusal.
REFUSED = [
    ("a syntax error is told with its line", "x = 1\ndef f(:\n", [],
     "my.py:2: invalid syntax"),
    ("trio is told of", "import asyncio\nimport trio\n", [],
     "my.py:2: it uses trio, whose loop is not asyncio's; looplab can record "
     "asyncio only"),
    ("a missing module is told of", "import asyncio\n\nimport no_such_one\n",
     [], "my.py:3: no module named no_such_one is installed"),
    ("a program without a loop is told of", "print(1)\n", [],
     "my.py never ran an event loop"),
    ("a program that reads what is not there is told of",
     "import asyncio\nname = input('name? ')\n", [],
     "my.py reads standard input, which is empty here (line 2); looplab run "
     "my.py < FILE"),
    ("a schedule that is none is told of", RUN.format("pass"),
     ["--schedule=nonsense"],
     'no schedule "nonsense" for Python; there are fifo, seed:N and a script '
     "of choices such as 0,2,1"),
    ("an unknown option is told of", RUN.format("pass"), ["--colour=red"],
     "the recorder has no option --colour=red"),
]

# name, the program, options: the status, and the notes.
NOTED = [
    ("a run without end stops at the limit of time",
     RUN.format("while True: await asyncio.sleep(1)"), ["--for=60000000000"],
     4, ["stopped, as it went on for 60 s; what it did until now is recorded"]),
    ("a run without end stops at the limit of events",
     RUN.format("while True: await asyncio.sleep(0)"), ["--events=100"],
     4, ["stopped, as it made 101 events; what it did until now is recorded"]),
    ("reading nothing in a run is noted",
     RUN.format("import sys; print(repr(sys.stdin.readline()))"), [],
     0, ["reads standard input, which is empty"]),
    ("another program is noted once for each line",
     RUN.format("import subprocess, sys\n    for _ in 1, 2: "
                "subprocess.run([sys.executable, '-c', 'pass'])"), [],
     0, ["runs another program, which takes no virtual time"]),
    ("computing is noted",
     RUN.format("import time\n    end = time.process_time() + 0.15\n"
                "    while time.process_time() < end: pass"), [],
     0, ["computed ? s, which the virtual clock does not count"]),
    ("a returned coroutine is noted",
     "import asyncio\nasync def work(): pass\nasync def main():\n"
     "    work_ = work()\n    return work_\nasyncio.run(main()).close()\n", [],
     0, ["main returned a coroutine, work, that nobody awaits"]),
]


def notes_of(record):
    notes = []
    for line in record.splitlines():
        event = json.loads(line)
        if event.get("event") == "note":
            words = event["text"].split()
            notes.append(" ".join(
                "?" if words[0] == "computed" and i == 1 else word
                for i, word in enumerate(words)))
    return notes


def check(score, batch, version, words):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "my.py")
        for name, program, options, sentence in REFUSED:
            if words and not any(w in name for w in words):
                continue
            path.write_text(program)
            got = batch.ask(options + ["my.py"], folder)
            lines = got["record"].splitlines()
            refused = json.loads(lines[-1]).get("refused") if lines else None
            score.check(
                got["status"] == 2 and refused == sentence and len(lines) == 1,
                f"{name}: 3.{version[1]} says {got}")
        for name, program, options, status, notes in NOTED:
            if words and not any(w in name for w in words):
                continue
            path.write_text(program)
            got = batch.ask(options + ["my.py"], folder)
            score.check(
                got["status"] == status and notes_of(got["record"]) == notes,
                f"{name}: 3.{version[1]} ends with {got['status']}, notes "
                f"{notes_of(got['record'])} {got['err'][-300:]}")

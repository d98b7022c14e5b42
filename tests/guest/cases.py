"""Small programs as tables: those that are not recorded, with the sentence that
says why; what notes say; signals; schedules. For check.py."""

import json
import tempfile
from pathlib import Path

RUN = "import asyncio\nasync def main():\n    {}\nasyncio.run(main())\n"

SIGNAL = "import os, signal; os.kill(os.getpid(), signal.SIG{})"

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
    ("a coroutine instead of a run is told of",
     "import asyncio\nasync def main(): pass\nmain()\n", [],
     "my.py never ran an event loop: the coroutine main was made and never "
     "awaited (line 3); asyncio.run(main()) runs it"),
    ("a program that reads what is not there is told of",
     "import asyncio\nname = input('name? ')\n", [],
     "my.py reads standard input, which is empty here (line 2); looplab run "
     "my.py < FILE"),
    ("a schedule that is none is told of", RUN.format("pass"),
     ["--schedule=nonsense"],
     'no schedule "nonsense"; there are fifo, seed:N, a script of choices such '
     "as 0,2,1, late:N and cancel:N, alone or as in seed:7+late:2+cancel:3"),
    ("an unknown option is told of", RUN.format("pass"), ["--colour=red"],
     "the recorder has no option --colour=red"),
]

# name, the program, options: the status, and the notes.
NOTED = [
    ("a run without end stops at the limit of time",
     RUN.format("while True: await asyncio.sleep(1)"), ["--for=60000000000"],
     4, ["stopped, as it took more than 60 s (--limit=none allows more); what "
         "it did until now is recorded"]),
    ("a run without end stops at the limit of events",
     RUN.format("while True: await asyncio.sleep(0)"), ["--events=100"],
     4, ["stopped, as it made 100 events; what it did until now is recorded"]),
    ("a step without end stops at the limit of events",
     RUN.format("while True: print(1)"), ["--events=100"],
     4, ["stopped, as it made 100 events; what it did until now is recorded"]),
    ("a step that sleeps without end stops at the limit of time",
     RUN.format("import time\n    while True: time.sleep(1)"), [],
     4, ["stopped, as it took more than 1 h (--limit=none allows more); what "
         "it did until now is recorded"]),
    # Up to 3.10 Ctrl-C is an error wherever the main thread is.
    ("Ctrl-C while a job computes waits for the job",
     RUN.format("import os, signal, time\n"
                "    def job():\n"
                "        os.kill(os.getpid(), signal.SIGINT)\n"
                "        time.sleep(1)\n"
                "    loop = asyncio.get_running_loop()\n"
                "    await loop.run_in_executor(None, job)"), [], 130, []),
    ("a server that nobody in the program connects to is noted",
     RUN.format("server = await asyncio.start_server(print, 'localhost', 80)"
                "\n    await server.serve_forever()"), [],
     3, ["under the virtual clock nobody outside the program can connect to "
         "it; --clock=real"]),
    ("reading nothing in a run is noted",
     RUN.format("import sys; print(repr(sys.stdin.readline()))"), [],
     0, ["reads standard input, which is empty"]),
    ("another program is noted once for each line",
     RUN.format("import subprocess, sys\n    for _ in 1, 2: "
                "subprocess.run([sys.executable, '-c', 'pass'])"), [],
     0, ["runs another program, which takes no virtual time"]),
    ("another process is noted, and time is real while it runs",
     RUN.format("from multiprocessing import get_context\n"
                "    with get_context('fork').Pool(1) as pool:\n"
                "        job = pool.apply_async(sum, (range(5_000_000),))\n"
                "        loop = asyncio.get_running_loop()\n"
                "        for limit in 3600, None:\n"
                "            await loop.run_in_executor(None, job.get, limit)\n"
                "            job = pool.apply_async(sum, (range(5_000_000),))\n"
                "        assert loop.time() < 3600"), [],
     0, ["starts another process, which takes no virtual time"]),
    ("time is virtual again when another process is over",
     RUN.format("from multiprocessing import get_context\n"
                "    fork = get_context('fork')\n"
                "    queue = fork.Queue()\n"
                "    process = fork.Process(target=queue.get)\n"
                "    process.start()\n"
                "    queue.put(1)\n"
                "    await asyncio.sleep(3600)\n"
                "    assert process.exitcode == 0"), [],
     0, ["starts another process, which takes no virtual time"]),
    ("a file is noted",
     RUN.format("open('my.py').close()"), [],
     0, ["uses a file, which takes no virtual time"]),
    ("a socket that blocks is told why it cannot reach a server",
     "import asyncio, socket\nasync def main():\n"
     "    await asyncio.start_server(print, 'localhost', 4711)\n"
     "    try:\n"
     "        socket.create_connection(('localhost', 4711))\n"
     "    except OSError:\n"
     "        pass\n"
     "asyncio.run(main())\n", [], 0,
     ["only asyncio reaches a server of the same program under the virtual "
      "clock; --clock=real"]),
    ("computing is noted",
     RUN.format("import time\n    end = time.process_time() + 0.15\n"
                "    while time.process_time() < end: pass"), [],
     0, ["computed ? s, which the virtual clock does not count"]),
    ("computing in one call of C is noted",
     RUN.format("import time\n    end = time.process_time() + 0.15\n"
                "    all(map(end.__gt__, iter(time.process_time, None)))"), [],
     0, ["computed ? s, which the virtual clock does not count"]),
    ("where it computes is noted when it is asked",
     RUN.format(SIGNAL.format("USR1")), [], 0,
     ["has computed for 0 s, and goes on, line 3"]),
    ("computing in a job is noted",
     RUN.format("import time\n"
                "    def job():\n"
                "        end = time.process_time() + 0.15\n"
                "        while time.process_time() < end: pass\n"
                "    loop = asyncio.get_running_loop()\n"
                "    await loop.run_in_executor(None, job)"), [],
     0, ["computed ? s, which the virtual clock does not count"]),
    ("where a job computes is noted when it is asked",
     RUN.format("import os, signal\n"
                "    tell, asked = signal.getsignal(signal.SIGUSR1), []\n"
                "    signal.signal(signal.SIGUSR1,\n"
                "                  lambda *what: (tell(*what), asked.append(1)))"
                "\n    def job():\n"
                "        os.kill(os.getpid(), signal.SIGUSR1)\n"
                "        while not asked: pass\n"
                "    loop = asyncio.get_running_loop()\n"
                "    await loop.run_in_executor(None, job)"), [],
     0, ["has computed for 0 s, and goes on, line 9"]),
    ("a returned coroutine is noted",
     "import asyncio\nasync def work(): pass\nasync def main():\n"
     "    work_ = work()\n    return work_\nasyncio.run(main()).close()\n", [],
     0, ["main returned a coroutine, work, that nobody awaits"]),
]


# name, the program, options: the status, and what it says.
SAID = [
    ("Ctrl-C cancels, and the clean-up is seen",
     "import asyncio, os, signal\n"
     "async def main():\n"
     "    try:\n"
     "        await asyncio.sleep(1)\n"
     "        os.kill(os.getpid(), signal.SIGINT)\n"
     "        await asyncio.sleep(10)\n"
     "    finally:\n"
     "        await asyncio.sleep(0.1)\n"
     "        print('cleaned up')\n"
     "asyncio.run(main())\n", [], 130, None),
    ("what is printed before a crash is kept",
     RUN.format("print('before'); " + SIGNAL.format("KILL")), [], -9,
     ["before"]),
    ("what a fork prints is not said",
     RUN.format("import os; print('once')\n"
                "    if os.fork() == 0:\n"
                "        print('twice')\n"
                "        os._exit(0)\n"
                "    os.wait()"), [], 0, ["once"]),
    ("a fork sleeps in real time",
     RUN.format("import os, time\n"
                "    def real(): return time.clock_gettime("
                "time.CLOCK_MONOTONIC)\n"
                "    before = real()\n"
                "    if os.fork() == 0:\n"
                "        time.sleep(0.02)\n"
                "        asyncio.new_event_loop().run_until_complete("
                "asyncio.sleep(0.02))\n"
                "        os._exit(real() - before < 0.04)\n"
                "    print(os.wait()[1])"), [], 0, ["0"]),
    ("the descriptors are those of a plain Python",
     RUN.format("import os; print(os.open('my.py', os.O_RDONLY))"), [], 0,
     ["6"]),
    ("a loop with a clock of its own has it under the real clock, too",
     "import asyncio, time\n"
     "loop = asyncio.SelectorEventLoop()\n"
     "loop.time = lambda: time.monotonic() * 1000\n"
     "async def main():\n"
     "    await asyncio.sleep(0.02)\n"
     "    print('slept')\n"
     "loop.run_until_complete(main())\n", ["--clock=real"], 0, ["slept"]),
    ("the time of a loop is time.monotonic() under the real clock, too",
     RUN.format("import time; print(abs(asyncio.get_running_loop().time() "
                "- time.monotonic()) < 1)"), ["--clock=real"], 0, ["True"]),
    ("a worker waits in real time under the real clock",
     RUN.format("print(await asyncio.get_running_loop().run_in_executor("
                "None, pow, 2, 5))"), ["--clock=real"], 0, ["32"]),
]

RACE = """
import asyncio
total = 0
async def add(n):
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + n
async def main():
    await asyncio.gather(add(1), add(10))
    print(total)
asyncio.run(main())
"""
THREADS = """
import asyncio, time
def job(name):
    time.sleep(1)
    print(name)
async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(loop.run_in_executor(None, job, "a"),
                         loop.run_in_executor(None, job, "b"))
asyncio.run(main())
"""
SLEEPS = """
import asyncio
async def nap(n):
    await asyncio.sleep(n)
    print(n)
async def impatient():
    try:
        await asyncio.wait_for(nap(2), 9)
    except asyncio.TimeoutError:
        print("impatient")
async def main():
    await asyncio.gather(nap(1), impatient(), nap(3))
asyncio.run(main())
"""
SAID += [
    ("a late timer fires when nothing else is left to do", SLEEPS,
     ["--schedule=late:1"], 0, ["2", "3", "1"]),
    ("all else comes before a late timer, a timeout too", SLEEPS,
     ["--schedule=fifo+late:2"], 0, ["1", "3", "impatient"]),
    ("a timer that is cancelled is no late one", SLEEPS, ["--schedule=late:4"],
     0, ["1", "2", "3"]),
    ("a late timer comes with a cancel", SLEEPS,
     ["--schedule=late:1+cancel:9"], 0, ["2", "3", "1"]),
    ("fifo is asyncio's order", RACE, ["--schedule=fifo"], 0, ["10"]),
    ("a script chooses", RACE, ["--schedule=0,1"], 0, ["11"]),
    ("a script chooses among threads", THREADS, ["--schedule=0,1"], 0,
     ["b", "a"]),
    ("a schedule cancels the root", RACE, ["--schedule=cancel:1"], 1, []),
    ("a schedule cancels who waits", RACE, ["--schedule=cancel-waiter:2"], 1,
     []),
    ("a schedule cancels who was woken", RACE,
     ["--schedule=fifo+cancel-woken:3"], 1, []),
]

TIMES = """import asyncio
n = 3
delay: float = 1.0
low = high = -1
seen, many, is_on = 0, 0, True
total = 0
again = 1
again = 2
def f():
    global total
    n = 7
    total += n
async def main():
    f()
    await asyncio.sleep(delay)
    print(n, delay, low, high, total)
asyncio.run(main())
"""
HAS = "n=3, delay=1.0, low=-1, high=-1"

# the recorder's words: what the program says, and the record's parameters; or
# why they are refused.
VALUES = [
    ([], "3 1.0 -1 -1 7", "n=3 delay=1000ms low=-1 high=-1"),
    (["n=5", "delay=0.25"], "5 0.25 -1 -1 7",
     "n=5 delay=250ms low=-1 high=-1"),
    (["delay=500ms"], "3 0.5 -1 -1 7", "n=3 delay=500ms low=-1 high=-1"),
    (["delay=2s", "n=-4"], "-4 2.0 -1 -1 7",
     "n=-4 delay=2000ms low=-1 high=-1"),
    (["delay=250us"], "3 0.00025 -1 -1 7", "n=3 delay=250us low=-1 high=-1"),
    (["n=1", "n=2"], "2 1.0 -1 -1 7", "n=2 delay=1000ms low=-1 high=-1"),
    (["high=9"], "3 1.0 9 9 7", "n=3 delay=1000ms low=9 high=9"),
    (["m=1"], 'no parameter "m" in my.py; it has ' + HAS),
    (["total=1"], 'no parameter "total" in my.py; it has ' + HAS),
    (["again=1"], 'no parameter "again" in my.py; it has ' + HAS),
    (["=1"], 'no parameter "" in my.py; it has ' + HAS),
    (["n=0.5"], 'n must be a whole number, not "0.5"'),
    (["n="], 'n must be a whole number, not ""'),
    (["n=9000000000"], 'n must be a whole number, not "9000000000"'),
    (["delay=fast"], "delay must be a time such as 0.5, 500ms or 2s, not "
     '"fast"'),
    (["delay=nan"], "delay must be a time such as 0.5, 500ms or 2s, not "
     '"nan"'),
]

LIBRARY = """
import asyncio, os, sys
os.makedirs("site-packages", exist_ok=True)
with open("site-packages/some_library.py", "w") as file:
    file.write("import asyncio\\n"
               "async def own(): await asyncio.sleep(1)\\n"
               "async def use(it):\\n"
               "    await asyncio.gather(own(), it)\\n")
sys.path.insert(0, os.path.abspath("site-packages"))
import some_library
async def mine():
    await asyncio.sleep(0)
asyncio.run(some_library.use(mine()))
"""


def notes_of(record):
    notes = []
    for line in record.splitlines():
        event = json.loads(line)
        if event.get("event") == "note":
            words = event["text"].split()
            notes.append(" ".join(
                "?" if words[0] == "computed" and i == 1 else word
                for i, word in enumerate(words)))
            if words[:2] == ["has", "computed"]:
                notes[-1] += ", line %d" % event["line"]
    return notes


def is_numbered(record):
    """Do the numbers of each run's events leave none out? The reader of looplab
    takes such a record for one that the program has written into."""
    last = 0
    for event in map(json.loads, record.splitlines()):
        if event.get("seq", last + 1) != last + 1:
            return False
        last = 0 if "end" in event else event.get("seq", last)
    return True


def check_library(score, batch, python, folder):
    """Tasks that a library makes of its own code are marked, and no others."""
    Path(folder, "my.py").write_text(LIBRARY)
    got = batch.ask(["my.py"], folder)
    spawned = [(e["text"], e.get("library", False))
               for e in map(json.loads, got["record"].splitlines())
               if e.get("event") == "spawn"]
    score.check(
        spawned == [("use", False), ("own", True), ("mine", False)],
        f"{python} marks {spawned}: {got['err'][-300:]}")


def check_choices(score, batch, python, folder):
    """The record says of each choice among how many it was: the steps of tasks,
    and the threads."""
    Path(folder, "my.py").write_text(THREADS)
    got = batch.ask(["--schedule=1,1", "my.py"], folder)
    chosen = [e.get("of") or e["text"]
              for e in map(json.loads, got["record"].splitlines())
              if e.get("event") == "choose" or "of" in e]
    score.check(chosen[:2] == ["1 2", "2 1"],
                f"{python} chooses among {chosen}")


def check_values(score, batch, python, folder):
    """Numbers at the top of a program are its parameters, and nothing else of
    it changes with their values."""
    path = Path(folder, "my.py")
    path.write_text(TIMES)
    plain = None
    for words, *wanted in VALUES:
        got = batch.ask([f"--set={word}" for word in words] + ["my.py"],
                        folder)
        lines = [json.loads(line) for line in got["record"].splitlines()]
        if len(wanted) == 1:
            score.check(got["status"] == 2 and lines == [
                {"refused": wanted[0]}], f"{python} with {words} says {got}")
            continue
        said = [e["text"] for e in lines if e.get("event") == "say"]
        params = " ".join(f"{p['name']}={p['value']}{p['unit']}"
                          for p in lines[0]["params"])
        at = lines[0]["code"], [e.get("line") for e in lines]
        plain = plain or at
        score.check([*said, params] == wanted and at == plain,
                    f"{python} with {words} says {said}, {params}: {got}")
    path.write_text("import asyncio\nasyncio.run(asyncio.sleep(1))\n")
    got = batch.ask(["--set=n=1", "my.py"], folder)
    score.check("it has none: a parameter is a number" in got["record"],
                f"{python} without parameters says {got}")


ORDER = """
import asyncio, sys
async def main():
    print("in")
    print("no end", end="")
print("before")
asyncio.run(main())
print("bet", end="")
print("ween")
asyncio.run(main())
print("after")
"""


def check_order(score, batch, python, folder):
    """What is printed in runs and outside of them comes in this order."""
    Path(folder, "my.py").write_text(ORDER)
    got = batch.ask(["my.py"], folder)["order"]
    score.check(
        got == "before\nin\nno end\nbetween\nin\nno end\nafter\n",
        f"{python} prints {got}")


def check(score, batch, python, version, words):
    with tempfile.TemporaryDirectory() as folder:
        if not words:
            check_library(score, batch, python, folder)
            check_order(score, batch, python, folder)
            check_values(score, batch, python, folder)
            check_choices(score, batch, python, folder)
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
                f"{name}: {python} says {got}")
        for name, program, options, status, notes in NOTED:
            if words and not any(w in name for w in words):
                continue
            path.write_text(program)
            got = batch.ask(options + ["my.py"], folder)
            score.check(
                got["status"] == status and notes_of(got["record"]) == notes
                and is_numbered(got["record"]),
                f"{name}: {python} ends with {got['status']}, notes "
                f"{notes_of(got['record'])} {got['err'][-300:]}")
            if status == 4:
                result = json.loads(got["record"].splitlines()[-1])["result"]
                score.check(result == (-5010 if "--events=100" in options
                                       else -5013),
                            f"{name}: {python} ends with {result}")
        for name, program, options, status, said in SAID:
            if words and not any(w in name for w in words):
                continue
            path.write_text(program)
            got = batch.ask(options + ["my.py"], folder)
            lines = [e["text"] for e in map(json.loads,
                                            got["record"].splitlines())
                     if e.get("event") == "say"]
            score.check(
                got["status"] == status and (said is None or lines == said)
                and (said is not None or lines[-1:] == ["cleaned up"]
                     or version < (3, 11)),
                f"{name}: {python} ends with {got['status']}, says "
                f"{lines} {got['err'][-300:]}")

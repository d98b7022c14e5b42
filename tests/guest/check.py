"""Records every program of tests/guest/programs; see tests/guest/run.

A program says in its first lines what it needs ("# needs: 3.11", or a module)
and with which status it ends ("# status: 3"). Its golden text is what it says,
its story and its timeline. Where a later Python's asyncio differs, there is a
golden text for that version and those after it: NAME-3.12.txt.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import cases
import tries

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAMS = HERE / "programs"
GOLDEN = HERE / "golden"
VERSIONS = [(3, minor) for minor in range(8, 15)]


class Score:
    def __init__(self):
        self.passed = self.failed = 0
        self.lock = Lock()  # several Pythons are tried at a time

    def check(self, good, what):
        with self.lock:
            self.passed += bool(good)
            self.failed += not good
        if not good:
            print(f"FAILED: {what}")
        return good


# --- the Pythons of this machine


def find_pythons(is_every):
    """[((3, 11), path)]: the first in PATH and the machine's own; and, if it is
    every one that is wanted, one of each other version."""
    places = ["python3", "/usr/bin/python3"]
    roots = Path.home() / ".pyenv/versions"
    if is_every:
        places += [f"python3.{minor}" for _, minor in VERSIONS]
        places += sorted(str(p) for p in roots.glob("3.*/bin/python3"))
    found = []
    for place in places:
        try:
            done = subprocess.run(
                [place, "-c", "import sys; print(sys.version_info[1], "
                 "sys.executable)"], capture_output=True, text=True)
        except OSError:
            continue
        if done.returncode == 0:
            minor, path = done.stdout.split(None, 1)
            one = (3, int(minor)), path.strip()
            known = one in found or place != "/usr/bin/python3" and any(
                version == one[0] for version, _ in found)
            if one[0] in VERSIONS and not known:
                found.append(one)
    return sorted(found, key=lambda one: one[0])


def apart(outcome):
    """What was printed outside of runs goes the way of the record. [order] is
    all that went to standard output, but for what was written past print."""
    record, order, past = "", "", outcome["out"]
    for line in outcome["record"].splitlines(True):
        if line.startswith('{"printed":'):
            printed = json.loads(line)
            is_error = "stream" in printed
            outcome["err" if is_error else "out"] += printed["printed"]
            order += "" if is_error else printed["printed"]
        else:
            record += line
            if '"event":"say"' in line and '"stream":' not in line:
                order += json.loads(line).get("text", "") + "\n"
    return {**outcome, "record": record, "order": order, "past": past}


class Batch:
    """A Python that records."""

    def __init__(self, python, recorder):
        env = dict(os.environ, PYTHONHASHSEED="0", TZ="UTC",
                   PYTHONIOENCODING="utf-8")
        self.process = subprocess.Popen(
            [python, str(HERE / "batch.py"), str(recorder)], env=env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, words, folder=PROGRAMS, raw=False, **more):
        job = {"words": words, "folder": str(folder), **more}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        outcome = json.loads(self.process.stdout.readline())
        return outcome if raw else apart(outcome)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


# --- programs


class Program:
    def __init__(self, path):
        self.path, self.name = path, path.stem
        marks = {}
        for line in path.read_text().splitlines():
            if not line.startswith("#"):
                break
            key, colon, value = line[1:].partition(":")
            if colon and key.strip() in ("needs", "status", "clock", "views"):
                marks[key.strip()] = value.strip()
        self.needs = marks.get("needs", "3.8")
        self.status = int(marks.get("status", 0))
        self.has_views = marks.get("views") != "none"
        # Its output is another one without the recorder, or none.
        self.plain = self.status != 3 and "clock" not in marks \
            and self.name != "fast_loop"

    def can_run(self, version, python):
        if self.needs[0].isdigit():
            return version >= tuple(map(int, self.needs.split(".")))
        return subprocess.run([python, "-c", "import " + self.needs],
                              stderr=subprocess.DEVNULL).returncode == 0


def events_of(record):
    return [json.loads(line) for line in record.splitlines()]


def said(outcome):
    """What went to standard output, and, of the record, what was said."""
    lines = [e.get("text", "") for e in events_of(outcome["record"])
             if e.get("event") == "say" and "stream" not in e]
    return lines, outcome["out"].splitlines()


def without_language(record):
    head, _, rest = record.partition("\n")
    return json.dumps({k: v for k, v in json.loads(head).items()
                       if k != "language"}) + rest if head else ""


def views(build, record):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(record)
        file.flush()
        text = ""
        for view in "story", "timeline":
            done = subprocess.run(
                [f"{build}/looplab", view, file.name], capture_output=True,
                text=True, env=dict(os.environ, COLUMNS="80"))
            text += f"\n$ looplab {view}\n{done.stdout}{done.stderr}"
            if done.returncode:
                text += f"status {done.returncode}\n"
    return text


def golden_text(build, outcome, has_views):
    in_runs, outside = said(outcome)
    text = "".join(f"says: {line}\n" for line in in_runs)
    text += "".join(f"prints: {line}\n" for line in outside)
    text += "".join(f"error: {line}\n" for line in outcome["err"].splitlines()
                    if "~^" not in line and "^^" not in line)
    shown = views(build, outcome["record"])  # also where they vary
    if has_views:
        return text + shown
    return text + "".join(f"ends: {e['end']} at {e['ns']} ns\n"
                          for e in events_of(outcome["record"]) if "end" in e)


def golden_file(name, version):
    """That of the latest version up to this one that has one."""
    for one in reversed([v for v in VERSIONS if v <= version]):
        file = GOLDEN / f"{name}-{one[0]}.{one[1]}.txt"
        if file.exists():
            return file
    return GOLDEN / f"{name}.txt"


class Checks:
    def __init__(self, build, write, long):
        self.build, self.write, self.long = build, write, long
        self.score = Score()
        self.recorder = Path(build, "obj/recorder.py")
        self.seen = set()  # programs that have run
        self.texts = {}  # the same record has the same views
        try:
            import jsonschema
            schema = json.loads(
                (ROOT / "tests/record/file.schema.json").read_text())
            self.schema = jsonschema.Draft7Validator(schema)
        except ImportError:
            self.schema = None  # the reader of looplab judges alone

    def text_of(self, outcome, has_views):
        key = without_language(outcome["record"]), outcome["out"], \
            outcome["err"]
        if key not in self.texts:
            self.check_lines(outcome["record"])
            self.texts[key] = golden_text(self.build, outcome, has_views)
        return self.texts[key]

    def check_lines(self, record):
        wrong = [e for e in events_of(record)
                 if self.schema and not self.schema.is_valid(e)]
        self.score.check(not wrong, f"not by the schema: {wrong[:3]}")

    def program(self, program, batch, python, first):
        version, path = python
        what = f"{program.name} with {path}"
        outcome = batch.ask([program.path.name])
        self.score.check(
            outcome["status"] == program.status,
            f"{what} ends with {outcome['status']}, not {program.status}: "
            f"{outcome['err'][-200:]}{outcome['record'][-200:]}")
        text = self.text_of(outcome, program.has_views)
        file = golden_file(program.name, version)
        old = file.read_text() if file.exists() else None
        if self.write:
            if first:
                file = GOLDEN / f"{program.name}.txt"
            elif old != text:
                file = GOLDEN / f"{program.name}-3.{version[1]}.txt"
            file.write_text(text)
        else:
            self.compare(what, old, text)
        again = 20 if self.long else path == sys.executable
        for _ in range(again):
            again = batch.ask([program.path.name])
            if not self.score.check(again == outcome,
                                    f"{what} differs from run to run"):
                break
        if self.long and program.plain:
            self.beside_python(program, outcome, path, what)
            # These meet the kernel there, compute, or have their own clock.
            if path == sys.executable and program.name not in (
                    "processes", "process_pool", "slow_reader",
                    "own_clock", "connections", "last_words"):
                self.beside_real(program, outcome, batch, what)

    def compare(self, what, old, text):
        if self.score.check(old == text, f"{what} is not as it was"):
            return
        before = (old or "").splitlines()
        now = text.splitlines()
        for i in range(max(len(before), len(now))):
            one = before[i] if i < len(before) else "(nothing)"
            two = now[i] if i < len(now) else "(nothing)"
            if one != two:
                print(f"    line {i + 1} was: {one}\n    and is now: {two}")
                break

    def beside_python(self, program, outcome, python, what):
        """What plain Python prints, line for line. What is written past print
        comes by another way, and has no place among the others."""
        ours = outcome["order"].splitlines()
        past = outcome["past"].splitlines()
        for _ in range(3):  # on a busy machine its timers are late
            plain = subprocess.run(
                [python, program.path.name], cwd=PROGRAMS,
                capture_output=True, text=True,
                stdin=subprocess.DEVNULL).stdout.splitlines()
            same = ours == plain if not past else \
                sorted(ours + past) == sorted(plain)
            if same:
                break
        self.score.check(same, f"{what} says {ours + past}, without the "
                         f"recorder {plain}")

    def beside_real(self, program, outcome, batch, what):
        """The real clock, within 20 ms for each run. A busy machine is given
        ten tries."""
        def ends(record):
            return [e["ns"] / 1e6 for e in events_of(record) if "end" in e]
        virtual = ends(outcome["record"])
        for _ in range(10):
            real = ends(batch.ask(["--clock=real", program.path.name])[
                "record"])
            near = len(real) == len(virtual) and all(
                abs(a - b) < 20 for a, b in zip(real, virtual))
            if near:
                break
        self.score.check(near, f"{what} ends at {real} ms by the real clock, "
                         f"at {virtual} by the virtual one")

    def random_programs(self, batch, count=300):
        """The same lines at the same microsecond as in asyncio itself."""
        sys.path.insert(0, str(ROOT / "tests/real"))
        import programs
        for seed in range(count):
            outcome = batch.ask(["any_program.py", str(seed)], HERE)
            here = [(round(e["ns"] / 1000), e["text"])
                    for e in events_of(outcome["record"])
                    if e.get("event") == "say"]
            there = programs.said_there(programs.Maker(seed).program())
            self.score.check(here == there, f"random program {seed} says "
                             f"other lines: {outcome['err'][-300:]}")

    def old_pythons(self):
        """Those that are too old say so, if there is one."""
        roots = Path.home() / ".pyenv/versions"
        for python in sorted(roots.glob("3.[67].*/bin/python3")):
            minor = python.parts[-3].split(".")[1]
            with tempfile.NamedTemporaryFile("r") as out:
                done = subprocess.run([python, self.recorder,
                                       "--out=" + out.name, "my.py"])
                self.score.check(
                    done.returncode == 2 and json.load(out) == {
                        "refused": f"python3 is 3.{minor}; looplab needs 3.8 "
                        "or newer"}, f"{python} is too old, and does not say")

    def with_python(self, python, programs, words):
        version, path = python
        batch = Batch(path, self.recorder)
        for program in programs:
            if program.can_run(version, path):
                self.program(program, batch, python,
                             program.name not in self.seen)
                self.seen.add(program.name)
        if self.long and not words and path == sys.executable:
            self.random_programs(batch)
        if not self.write:
            cases.check(self.score, batch, path, version, words)
            tries.check(self.score, batch, version, words)
        batch.close()

    def all(self, words):
        pythons = find_pythons(self.long or self.write)
        programs = [Program(p) for p in sorted(PROGRAMS.glob("*.py"))
                    if not words or any(w in p.stem for w in words)]
        if self.write and not words:
            for file in GOLDEN.glob("*.txt"):
                file.unlink()
        self.score.check(self.recorder.read_bytes().isascii(),
                         "the recorder is read in any locale")
        self.old_pythons()
        # The golden texts are written from the oldest Python to the newest.
        with ThreadPoolExecutor(1 if self.write else os.cpu_count()) as pool:
            list(pool.map(lambda python: self.with_python(
                python, programs, words), pythons))
        print("with", *(path for _, path in pythons))
        print(f"{self.score.passed} passed, {self.score.failed} failed")
        return self.score.failed > 0


def main(build, *words):
    flags = [w for w in words if w.startswith("--")]
    words = [w for w in words if not w.startswith("--")]
    GOLDEN.mkdir(exist_ok=True)
    return Checks(build, "--write" in flags, "--long" in flags).all(words)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

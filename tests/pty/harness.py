"""harness.py - a terminal for tests: a pseudo-terminal and a model of its screen.

Use, in tests/pty/test_*.py:

    def test_typed_text_is_shown(start):
        t = start()                  # looplab, in 80 columns and 24 rows
        t.wait_for("looplab>")
        t.send("help\\r")
        t.wait_for("compare")

A test is a function test_*; its name is the claim. It never sleeps: it waits
for a state of the screen, with a deadline that only a failure reaches. What
start() opened is closed when the test ends. A failure shows the screen.
"""

import concurrent.futures
import contextlib
import functools
import importlib.util
import inspect
import io
import multiprocessing
import os
import pathlib
import re
import select
import shutil
import signal
import sys
import tempfile
import termios
import time
import traceback

import pexpect
import pyte
from screen import Screen

DEADLINE = 60  # seconds; generous, since a machine may be busy
KEYS = {
    "up": "\033[A", "down": "\033[B", "right": "\033[C", "left": "\033[D",
    "home": "\033[H", "end": "\033[F", "delete": "\033[3~",
    "enter": "\r", "tab": "\t", "escape": "\033", "backspace": "\177",
}


class Failure(Exception):
    """What a test expected did not come."""


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, argv, columns=80, rows=24, env=None, folder=None):
        """Starts argv. env is added to a small environment; None removes."""
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        # What the sanitizers are told must reach the program.
        environment.update({name: value for name, value in os.environ.items()
                            if name.endswith("SAN_OPTIONS")})
        for name, value in (env or {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        self.argv = [str(word) for word in argv]
        self.raw = b""  # all that the program ever wrote
        self.ended = False
        self.screen = Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            self.argv[0], self.argv[1:], env=environment, cwd=folder,
            dimensions=(rows, columns), timeout=DEADLINE)
        self.child.delaybeforesend = None
        self.child.delayafterread = None
        self.child.ptyproc.delayafterclose = 0
        self.child.ptyproc.delayafterterminate = 0.01
        self.screen.reply = self.send

    # What is there.

    def lines(self):
        """The rows of the screen, without the blanks at their ends."""
        return [self.screen.row(y).rstrip()
                for y in range(self.screen.lines)]

    def text(self):
        """The screen as one string, without the empty rows below."""
        return "\n".join(self.lines()).rstrip("\n")

    def line(self):
        """The row that the cursor is in."""
        return self.screen.row(self.screen.cursor.y).rstrip()

    def hint(self):
        """What stands in grey after the cursor."""
        return self.screen.hint().rstrip()

    def too_long(self):
        """The rows that did not fit, and go on in the next."""
        return [row for y, row in enumerate(self.lines())
                if self.screen.wrapped(y)]

    def cursor(self):
        """The cursor's column and row, from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

    def settings(self):
        """The terminal's settings (termios), to be compared. They may change
        right after the prompt is drawn."""
        self.wait_rest()
        return termios.tcgetattr(self.child.child_fd)

    # What is done.

    def send(self, text):
        """Types text."""
        self.child.send(text)

    def press(self, *names):
        """Presses keys: "up", "enter", "ctrl-c", "alt-f"."""
        for name in names:
            kind, _, key = name.rpartition("-")
            if kind == "ctrl":
                self.send(chr(ord(key.upper()) ^ 0x40))
            elif kind == "alt":
                self.send("\033" + key)
            else:
                self.send(KEYS[name])

    def paste(self, text):
        """Pastes text the way terminals do for programs that ask for it."""
        self.send("\033[200~" + text.replace("\n", "\r") + "\033[201~")

    def resize(self, columns, rows):
        """Changes the terminal's size; the program gets SIGWINCH."""
        while self.pump(0):  # what was drawn for the old size
            pass
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def signal(self, number):
        """Sends a signal to whoever the terminal listens to."""
        os.killpg(os.tcgetpgrp(self.child.child_fd), number)

    def hang_up(self):
        """Takes the terminal away, as closing its window does."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self.child.child_fd)
        os.close(nowhere)

    # What is waited for.

    def pump(self, seconds):
        """Reads what comes first within seconds, if anything does."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self.ended = True
            return False
        self.raw += data
        self.stream.feed(data)
        return True

    def wait_for(self, what, seconds=DEADLINE):
        """Waits until the screen has the text what, or what(self) is true."""
        deadline = time.monotonic() + seconds
        while True:
            if callable(what):
                found = what(self)
            else:
                found = what in self.text()
            if found:
                return found
            left = deadline - time.monotonic()
            if self.ended or left <= 0:
                name = what if isinstance(what, str) else getattr(
                    what, "__doc__", None) or inspect.getsource(what).strip()
                how = "ended" if self.ended else f"in {seconds} s"
                raise Failure(f"never came ({how}): {name}")
            self.pump(left)

    def rests(self):
        """Does the program wait for something? Or is it gone?"""
        try:
            group = os.tcgetpgrp(self.child.child_fd)
            about = pathlib.Path(f"/proc/{group}/stat").read_text()
        except OSError:
            return True
        return about.rpartition(")")[2].split()[0] in "STZ"

    def wait_rest(self, seconds=DEADLINE):
        """Waits until the program rests, and all that it wrote is shown. What
        was right only on the way to something wrong is then seen."""
        deadline = time.monotonic() + seconds
        while self.pump(0.001) or not self.rests():
            if time.monotonic() > deadline:
                raise Failure(f"did not rest in {seconds} s")

    def wait_prompt(self, prompt, seconds=DEADLINE):
        """Waits until the cursor stands behind prompt, at the row's start."""
        self.wait_for(lambda t: t.line() == prompt.rstrip()
                      and t.cursor()[0] == len(prompt), seconds)

    def wait_end(self, seconds=DEADLINE):
        """Waits until the program ended; its status, or minus its signal."""
        deadline = time.monotonic() + seconds
        while not self.ended:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Failure(f"did not end in {seconds} s")
            self.pump(left)
        if self.child.isalive():
            self.wait_gone(deadline - time.monotonic())
            self.child.wait()
        if self.child.signalstatus is not None:
            return -self.child.signalstatus
        return self.child.exitstatus

    def wait_gone(self, seconds):
        """Waits until the process has ended; its terminal may be gone."""
        process = os.pidfd_open(self.child.pid)
        try:
            if not select.select([process], [], [], max(0, seconds))[0]:
                raise Failure("let go of the terminal, but does not end")
        finally:
            os.close(process)

    def close(self):
        """Ends the program, however it feels about it."""
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.wait_gone(DEADLINE)
            self.child.wait()
        self.child.close()

    def picture(self):
        """The screen in a frame, with the cursor, for a failure."""
        width = self.screen.columns
        x, y = self.cursor()
        body = [f"|{self.screen.row(y, hint=True)}|"
                for y in range(self.screen.lines)]
        body[y] += f" <- cursor in column {x}"
        while len(body) > y + 1 and not body[-1].strip("| "):
            body.pop()
        edge = "+" + "-" * width + "+"
        return "\n".join([edge, *body, edge])


@functools.cache
def keeps_signals_back(program):
    """Does program hear of a signal only when it makes a call? TSan has it
    so."""
    return b"__tsan_init" in program.read_bytes()


@functools.cache
def is_sanitized(program):
    """Was program built with a sanitizer?"""
    return re.search(rb"__[at]san_init", program.read_bytes()) is not None


def interrupts_code(test):
    """A test in which a signal interrupts code that makes no calls, or waits
    in one: nothing to try where signals are kept back until the next."""
    @functools.wraps(test)
    def wrapped(start):
        if not start("--version").keeps_signals_back:
            test(start)
    return wrapped


class Test:
    """One test function and what it opened."""

    def __init__(self, file, name, function, program):
        self.name = f"{file.name}: {name}"
        self.function = function
        self.program = program
        self.terminals = []
        self.home = None

    def start(self, *argv, env=None, **options):
        """Opens a Terminal on argv: by default looplab, at home nowhere.

        Words that begin with no slash are arguments for looplab. Other
        programs find it in $LOOPLAB."""
        if not argv or not str(argv[0]).startswith("/"):
            argv = (self.program, *argv)
        terminal = Terminal(
            argv, env={"HOME": self.home, "LOOPLAB": str(self.program),
                       **(env or {})}, **options)
        terminal.home = pathlib.Path(self.home)
        terminal.sanitized = is_sanitized(self.program)
        terminal.keeps_signals_back = keeps_signals_back(self.program)
        self.terminals.append(terminal)
        return terminal

    def run(self):
        """Runs the test; True if it passed."""
        self.home = tempfile.mkdtemp(prefix="looplab-test-")
        try:
            self.function(self.start)
            return True
        except Exception as problem:  # whatever it is, the next test runs
            self.explain(problem)
            return False
        finally:
            for terminal in self.terminals:
                terminal.close()
            shutil.rmtree(self.home, ignore_errors=True)

    def explain(self, problem):
        """Says what went wrong, where, and what was on the screens."""
        where = [frame for frame in traceback.extract_tb(
            problem.__traceback__) if "test_" in frame.filename][-1:]
        for frame in where:
            file = os.path.relpath(frame.filename)
            print(f"{file}:{frame.lineno}: {frame.line}")
        print(f"{self.name}: {type(problem).__name__}: {problem}")
        for terminal in self.terminals:
            print(terminal.picture())


def collect(folder, program, words):
    """The tests of the test_*.py files of folder that have one of words."""
    tests = []
    for file in sorted(folder.glob("test_*.py")):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tests += [Test(file, name, function, program)
                  for name, function in vars(module).items()
                  if name.startswith("test_") and inspect.isfunction(function)]
    return [test for test in tests
            if not words or any(word in test.name for word in words)]


TESTS = []


def run_one(number):
    """Runs a test; whether it was good, and what it printed."""
    test, said = TESTS[number], io.StringIO()
    before = time.monotonic()
    with contextlib.redirect_stdout(said):
        good = test.run()
    return good, (f"{said.getvalue()}{'ok    ' if good else 'FAILED'} "
                  f"{test.name} ({time.monotonic() - before:.1f} s)")


def main(build="build", *words):
    """Runs the tests on the looplab in the folder build, two at a time: they
    mostly wait."""
    # A handler, and not SIG_DFL: a program that is started has that again, but
    # writing to one that has ended kills nobody here.
    signal.signal(signal.SIGPIPE, lambda number, frame: None)
    folder = pathlib.Path(__file__).resolve().parent
    sys.modules["harness"] = sys.modules["__main__"]  # for their imports
    TESTS.extend(
        collect(folder, pathlib.Path(build, "looplab").resolve(), words))
    passed = 0
    # Unlike a Pool it says so when a process is gone, and does not wait for it.
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, fork) as pool:
        for good, said in pool.map(run_one, range(len(TESTS))):
            passed += good
            print(said, flush=True)
    print(f"{passed} passed, {len(TESTS) - passed} failed")
    return 0 if passed == len(TESTS) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""programs.py - the programs to compare: built, found and run.

What a peer needs may not be there. Then its program is not built or not
found, and its column stays empty.
"""

import collections
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile

from scenarios import INTERPRETERS, PEERS

PATIENCE = 300  # seconds for one program, before it counts as failed


class Failure(Exception):
    """A program did not do what it is there for."""


def python_with_uvloop():
    """The first Python that has uvloop, or None."""
    for python in ("python3", "/usr/bin/python3"):
        if shutil.which(python) and subprocess.run(
                [python, "-c", "import uvloop"], check=False,
                stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def free_port():
    """A port that nobody listens at now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def end(process):
    """Ends a program and all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class Programs:
    """Commands, with all that scenarios.py leaves open filled in."""

    def __init__(self, build, quick=False):
        self.peers = os.path.abspath(os.path.join(build, "peers"))
        self.uvloop = python_with_uvloop()
        bench = shlex.quote(os.path.abspath(os.path.join(build, "bench")))
        self.places = {
            "bench": bench + " --quick" * quick,
            "server": bench,
            "looplab": shlex.quote(
                os.path.abspath(os.path.join(build, "looplab"))),
            "demos": shlex.quote(
                os.path.abspath(os.path.join(build, "demos"))),
            "python": self.uvloop or "python3",
            # Without a search along PATH, which is not theirs to pay.
            "lua": shutil.which("lua5.4") or "lua5.4",
            "node": shutil.which("node") or "node",
            "seconds": 0.1 if quick else 2,
        }
        self.scratch = tempfile.TemporaryDirectory()
        self.environment = dict(
            os.environ, TMPDIR=self.scratch.name,
            CLIENT=os.path.join(self.peers, "6_echo", "client"))

    def close(self):
        """Removes what the programs have written."""
        self.scratch.cleanup()

    def commands(self, scenario, column):
        """The commands of a column, each a list of words."""
        places = dict(
            self.places, name=scenario.name, port=free_port(),
            folder=shlex.quote(os.path.join(PEERS, scenario.folder)),
            built=shlex.quote(os.path.join(self.peers, scenario.folder)))
        return [shlex.split(command.format_map(places))
                for command in scenario.command(column)]

    def built(self, scenario, column):
        """The files that have to be built for a column."""
        files = {word.split()[0] for words in self.commands(scenario, column)
                 for word in words if word.startswith(self.peers)}
        if scenario.folder == "6_echo":
            files.add(self.environment["CLIENT"])
        return files

    def build(self, wanted, log):
        """Builds what can be, for pairs of a scenario and a column."""
        files = sorted({os.path.relpath(file, self.peers)
                        for pair in wanted for file in self.built(*pair)})
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        if not files:
            return
        os.makedirs(self.peers, exist_ok=True)
        with open(os.path.join(self.peers, log), "wb") as output:
            subprocess.run(
                ["make", "-k", "-C", PEERS, f"-j{os.cpu_count()}",
                 f"B={self.peers}", f"CC={os.environ.get('CC', 'cc')}"]
                + [f"{self.peers}/{file}" for file in files],
                check=False, env=environment, stdout=output, stderr=output)

    def there(self, scenario, column):
        """Is there all that the column needs?"""
        if column == "uvloop" and not self.uvloop:
            return False
        if not shutil.which(INTERPRETERS.get(column, "sh")):
            return False
        return all(map(os.path.exists, self.built(scenario, column)))

    def call(self, words):
        """Runs one command and returns what it printed."""
        with subprocess.Popen(
                words, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                start_new_session=True) as process:
            try:
                output, errors = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired as late:
                end(process)
                raise Failure(f"not done after {PATIENCE} s") from late
            except KeyboardInterrupt:  # which it did not get itself
                end(process)
                raise
        if process.returncode != 0:
            last = (errors.strip().splitlines() or ["no word"])[-1]
            raise Failure(f"status {process.returncode}: {last[:200]}")
        return output

    def run(self, scenario, column):
        """Runs the commands of a column once, and returns a dictionary of
        all figures printed, in lists by their names."""
        printed = collections.defaultdict(list)
        for words in self.commands(scenario, column):
            for line in self.call(words).splitlines():
                name, _, value = line.partition(" ")
                try:
                    printed[name].append(float(value))
                except ValueError as wrong:
                    raise Failure(f"printed {line!r}") from wrong
        if not printed:
            raise Failure("printed no figure")
        return printed

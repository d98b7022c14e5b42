#!/usr/bin/env python3
"""compare.py - measures looplab beside its peers, and prints one table.

    make bench                              everything, seven rounds
    make bench ROUNDS=3 NAMES="switch echo"
    tests/bench/compare.py --help

A round runs each program once, one after another; and then comes the next, so
that a machine that is slow for a while is slow for all. Ctrl-C ends it with
what has been measured so far.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import textwrap

sys.dont_write_bytecode = True  # before what is ours

from programs import Failure, Programs
from scenarios import PACKAGES, SCENARIOS
from table import WIDTH, Table, figure

VERSIONS = {"cc": "--version", "go": "version", "node": "--version",
            "python3": "--version", "lua5.4": "-v"}
LIBRARIES = ("libuv1-dev", "libst-dev", "libboost-context-dev",
             "librust-tokio-dev", "python3-uvloop")


def arguments():
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description="Measures looplab beside its peers.")
    parser.add_argument("build", help="the folder of bench and looplab")
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="scenarios; all if none is given")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    parser.add_argument("--quick", action="store_true",
                        help="tiny sizes of ours: does it work?")
    parser.add_argument("--ours", action="store_true",
                        help="neither peers nor floors")
    asked = parser.parse_args()
    known = [scenario.name for scenario in SCENARIOS]
    for name in asked.names:
        if name not in known:
            parser.error(f"no scenario {name}; there are {' '.join(known)}")
    return asked


class Comparison:
    """Scenarios, their programs, and what these have printed so far."""

    def __init__(self, asked):
        self.asked = asked
        self.scenarios = [scenario for scenario in SCENARIOS
                          if not asked.names or scenario.name in asked.names]
        self.programs = Programs(asked.build, asked.quick)
        self.table = Table(self.scenarios)
        self.missing = {}   # by column, in which scenarios
        self.failures = {}  # by scenario and column, why
        self.rounds = 0     # that are complete
        self.pairs = [(scenario, column) for scenario in self.scenarios
                      for column in scenario.columns()
                      if column in ("ours", "record") or not asked.ours]

    def prepare(self):
        """Builds, and leaves out what is not there."""
        progress("building the peers")
        self.programs.build(self.pairs, "log")
        for scenario, column in self.pairs:
            if not self.programs.there(scenario, column):
                self.missing.setdefault(column, []).append(scenario.name)
        self.pairs = [(scenario, column) for scenario, column in self.pairs
                      if self.programs.there(scenario, column)]

    def measure(self):
        """Runs all programs, round by round."""
        for number in range(self.asked.rounds):
            for scenario, column in self.pairs:
                progress(f"round {number + 1} of {self.asked.rounds}: "
                         f"{scenario.name}, {column}")
                times = 1 if self.asked.quick else scenario.repeat
                for _ in range(times):
                    self.measure_one(scenario, column, number)
            self.rounds += 1

    def measure_one(self, scenario, column, number):
        """Runs one program; what failed once is told, and tried again."""
        try:
            printed = self.programs.run(scenario, column)
        except (Failure, OSError) as failure:
            self.failures[scenario.name, column] = str(failure)
            return
        self.table.add(scenario, column, printed, number)
        for metric in scenario.metrics:
            name = metric.of(column)
            if name and figure(printed, name) is None:
                self.failures[scenario.name, column] = f"printed no {name}"

    def report(self):
        """Prints what there is."""
        progress("")
        print(self.table.text())
        print("\nROUNDS in which each law holds\n")
        for row in self.table.steadiness():
            print(row)
        print()
        for sentence in self.table.broken():
            print(sentence)
        for (name, column), why in self.failures.items():
            print(f"failed: {name}, {column}: {why}")
        self.report_missing()
        show(f"{self.rounds} of {self.asked.rounds} rounds, {machine()}")

    def report_missing(self):
        """Says who was not there, and what to install."""
        if not self.missing:
            return
        packages = sorted({PACKAGES.get(column, "gcc")
                           for column in self.missing})
        show("missing: " + "; ".join(
            f"{column} ({', '.join(names)})"
            for column, names in self.missing.items()))
        show(f"make deps-dev installs {' '.join(packages)}; why something "
             f"was not built, {os.path.join(self.asked.build, 'peers/log')} "
             "says.")


def show(text):
    """Prints a sentence in lines no wider than the table."""
    print(textwrap.fill(text, WIDTH, break_long_words=False,
                        break_on_hyphens=False))


def progress(text):
    """Shows what goes on, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def version(name, *words):
    """The name and version that a command tells of it; [] if it does not."""
    try:
        done = subprocess.run(words, check=False, capture_output=True,
                              text=True)
    except OSError:
        return []
    found = re.search(r"\d+\.\d[\w.+]*", done.stdout)
    return [f"{name} {found[0]}"] if done.returncode == 0 and found else []


def processor():
    """The name of the processor, if Linux says it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            found = re.search(r"model name\s*: (.*)", file.read())
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def machine():
    """Where all this was measured, and with what."""
    load = " ".join(f"{part:.2f}" for part in os.getloadavg())
    parts = [f"{os.cpu_count()} x {processor()}",
             f"Linux {platform.release()}", f"load {load}"]
    for name, option in VERSIONS.items():
        parts += version(name, name, option)
    for package in LIBRARIES:
        parts += version(package, "dpkg-query", "-Wf${Version}", package)
    return ", ".join(parts)


def main():
    """Returns the exit status: 1 if something of ours failed, 130 after
    Ctrl-C."""
    status = 0
    comparison = Comparison(arguments())
    try:
        comparison.prepare()
        comparison.measure()
    except KeyboardInterrupt:
        status = 130
    comparison.report()
    comparison.programs.close()
    if any(column in ("ours", "record") for _, column in comparison.failures):
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())

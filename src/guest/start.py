# start.py - the recorder of Python programs: what it needs of Python.
#
# The recorder runs a learner's own asyncio program and writes down what its
# event loop does, as lines of a record (src/record/file.h). Nothing of the
# program is rewritten. looplab starts it so, with the recorder on descriptor
# 3 and the record on descriptor 4:
#
#     python3 -c 'exec(compile(open(3).read(), "looplab", "exec"))'
#         [--clock=real] [--schedule=seed:7] [--for=NS] [--events=N] my.py ...
#
# The build joins the files of this folder into one text: this one first,
# main.py last. What a file does when it is read needs files before it; the
# rest is called from main.py. Each file hooks one thing:
#
#     record.py   lines                   world.py    virtual time, the baton
#     place.py    who runs, and where     errors.py   errors in words
#     waits.py    what a task waits for   tasks.py    steps of a task
#     loop.py     turns, timers, wakes    jump.py     how virtual time passes
#     schedule.py which step comes next   tries.py    under each schedule
#     pools.py    executors and jobs      threads.py  the program's threads
#     sync.py     locks, queues           connect.py  connections
#     hours.py    time, as it is told     said.py     what is printed
#     imports.py  uvloop, trio            ends.py     deadlocks and limits
#     forks.py    processes it forks      practice.py sites that we play
#     values.py   its parameters          warm.py     what tries need, before
#     main.py     options, start and end

import os
import sys


def refuse(text):
    """Ends the process with one sentence, which the parent prints."""
    from json import dumps
    out = [w[6:] for w in sys.argv if w.startswith("--out=")]
    out = os.open(out[0], os.O_WRONLY | os.O_CREAT, 0o666) if out else 4
    os.write(out, (dumps({"refused": text}) + "\n").encode())
    os._exit(2)


VERSION = sys.version_info[:2]
if VERSION < (3, 8):
    refuse("python3 is %d.%d; looplab needs 3.8 or newer" % VERSION)

import ast
import asyncio
import asyncio.base_events
import builtins
import collections
import concurrent.futures.thread
import contextlib
import functools
import gc
import heapq
import inspect
import io
import itertools
import queue
import selectors
import signal
import socket
import subprocess
import threading
import time
import traceback
import types
import warnings
import weakref

try:
    from _json import encode_basestring_ascii as quoted
except ImportError:
    from json.encoder import encode_basestring_ascii as quoted

ME = sys._getframe().f_code.co_filename
ASYNCIO = os.path.dirname(os.path.abspath(asyncio.__file__)) + os.sep
LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep

# The codes of looplab for how things end (src/base/error.h).
CANCELED, TIMEDOUT, DEADLOCK = -125, -110, -35
UNREAD, RAISED, CRASHED = -5001, -5002, -5004
TOO_MANY, TOO_LATE, TOO_LONG = -5010, -5012, -5013

# As they are before this recorder replaces some of them.
real = types.SimpleNamespace(
    sleep=time.sleep, monotonic_ns=time.monotonic_ns,
    process_time=time.process_time,
    Lock=threading.Lock, RLock=threading.RLock,
    wait=threading.Condition.wait,
    start=threading.Thread.start, join=threading.Thread.join,
    stdout=sys.stdout, stderr=sys.stderr)


def named_as(cls, other):
    """A class of ours is shown by the name of the one that it stands for."""
    cls.__name__, cls.__qualname__ = other.__name__, other.__qualname__
    cls.__module__ = other.__module__


class Options:
    """What was asked for; see main.py."""

    out = 4
    virtual = True
    schedule = None
    limit = 3600 * 10**9  # of virtual time, in ns
    events = 200_000
    sets = []  # "n=5": values of parameters; see values.py
    practice = 0  # the port of looplab's practice server; 0: there is none
    tries = 0  # ns that each may take; 0: there is one run; see tries.py
    shown = script = ""  # the program's file, as its frames have it
    folder = ""  # in which it is


options = Options()

"""Records programs, each in a process of its own that is forked from one that
has Python and the recorder already: python3 batch.py RECORDER, with a job as
JSON on each line of standard input and its outcome on one of standard output.

A job is {"words": [...], "folder": ..., "stdin": ...}: the recorder's words, in
which folder, with which standard input.
"""

import asyncio  # noqa: F401 - so that the forks have it
import concurrent.futures.thread  # noqa: F401
import json
import os
import signal
import sys
import tempfile

START = "import os;exec(compile(open(3).read(),'looplab','exec'))"


def child(code, job, files):
    record, out, err = files
    signal.alarm(60)  # one that hangs is a failure, and not the end of all
    os.chdir(job["folder"])
    stdin = os.open(job.get("stdin", os.devnull), os.O_RDONLY)
    for fd, place in (stdin, 0), (out, 1), (err, 2), (record, 4):
        os.dup2(fd, place)
    os.close(3)
    os.closerange(5, 64)
    sys.stdin = open(0, closefd=False)
    sys.stdout = open(1, "w", closefd=False)
    sys.stderr = open(2, "w", closefd=False)
    sys.argv = ["-c"] + job["words"]
    names = {"__name__": "__main__", "__builtins__": __builtins__}
    sys.path[0] = ""
    exec(code, names)
    os._exit(99)  # the recorder ends the process itself


def text_of(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def outcome(code, job):
    with tempfile.TemporaryFile() as record, tempfile.TemporaryFile() as out, \
            tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            try:
                # Above what is laid out, so that nothing is laid over it.
                files = [os.dup2(f.fileno(), 40 + i)
                         for i, f in enumerate((record, out, err))]
                child(code, job, files)
            finally:
                import traceback
                traceback.print_exc()
                os._exit(98)
        _, status = os.waitpid(pid, 0)
        status = os.WEXITSTATUS(status) if os.WIFEXITED(status) \
            else -os.WTERMSIG(status)
        return {"status": status, "record": text_of(record),
                "out": text_of(out), "err": text_of(err)}


def main(recorder):
    with open(recorder) as file:
        code = compile(file.read(), "looplab", "exec")
    for line in sys.stdin:
        print(json.dumps(outcome(code, json.loads(line))), flush=True)


main(sys.argv[1])

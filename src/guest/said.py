# said.py - what the program prints, as lines of the task that prints them.
#
# In a run each line is an event, and goes nowhere else. Outside of runs, and
# where a program writes past sys.stdout, it goes to the real stream.


class Said(io.TextIOBase):
    """Stands for sys.stdout or sys.stderr."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, under, stream):
        self.under, self.part = under, ""
        self.more = ',"stream":"%s"' % stream if stream else ""

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s"
                            % type(text).__name__)
        if record.run is None:
            self.under.write(text)
            if "\n" in text:
                self.under.flush()  # before the lines of the next run
            return len(text)
        whole, end, self.part = (self.part + text).rpartition("\n")
        if end:
            self.say(whole)
        return len(text)

    def say(self, text):
        task, worker = caller()
        line = line_of(sys._getframe(2))
        for one in text.split("\n"):
            event("say", task, worker=worker, line=line, text=one,
                  more=self.more)
        record.flush()  # or it would be lost in a crash

    def close_line(self):
        """The run ends: what has no end of line is a line, too."""
        if self.part:
            text, self.part = self.part, ""
            self.say(text)

    def flush(self):
        if record.run is None:
            self.under.flush()

    def isatty(self):
        return False

    def writable(self):
        return True

    def fileno(self):
        return self.under.fileno()

    def __getattr__(self, name):
        return getattr(self.under, name)  # name, buffer and the like


def close_said():
    for stream in sys.stdout, sys.stderr:
        if isinstance(stream, Said):
            stream.close_line()


class Empty(io.TextIOBase):
    """Stands for a standard input that has nothing, and says so."""

    def read(self, size=-1):
        line = line_of(sys._getframe(1))
        name = os.path.basename(options.script)
        if record.runs == 0:
            real.stdout.flush()
            record.refuse("%s reads standard input, which is empty here "
                          "(line %d); looplab run %s < FILE"
                          % (name, line, name))
        note("reads standard input, which is empty", line, once="stdin")
        return ""

    readline = read

    def readable(self):
        return True

    def fileno(self):
        return 0


def on_warning(message, category, filename, lineno, file=None, line=None):
    words = str(message).split("'")
    if "was never awaited" in words[-1]:
        name = words[1].split(".")[-1]
        where = lineno if filename == options.script else 0
        if record.run is not None:
            note("the coroutine %s was never awaited" % name, where)
            return
        record.never = name, where
    sys.stderr.write(warnings.formatwarning(message, category, filename,
                                            lineno, line))


def hook_output():
    real.stdout.flush()
    sys.stdout = Said(real.stdout, None)
    sys.stderr = Said(real.stderr, "stderr")
    warnings.showwarning = on_warning
    try:
        null = os.stat(os.devnull)
        if os.path.samestat(os.fstat(0), null):
            sys.stdin = Empty()
    except OSError:
        sys.stdin = Empty()  # it is closed

# said.py - what the program prints, as lines of the task that prints them.
#
# In a run each line is an event. What is printed outside of runs is shown as
# it is, and what a program writes past sys.stdout goes to the real stream.


LONGEST = 5 << 18  # characters of a line; looplab stops it at 1 MiB


class Said(io.TextIOBase):
    """Stands for sys.stdout or sys.stderr."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, under, stream):
        self.under, self.parts, self.size = under, [], 0
        self.more = ',"stream":"%s"' % stream if stream else ""

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s"
                            % type(text).__name__)
        if record.run is None:
            record.printed(text, self)
            return len(text)
        whole, end, rest = text.rpartition("\n")
        if end or self.size > LONGEST:
            self.parts.append(whole)
            self.close_line()
        if rest:
            self.parts.append(rest)
            self.size += len(rest)
        return len(text)

    def say(self, text):
        task, worker = caller()
        line = line_of(sys._getframe(1))
        for one in text.split("\n"):
            event("say", task, worker=worker, line=line, text=one,
                  more=self.more)
        record.flush()  # or it would be lost in a crash

    def close_line(self):
        """Says what has come; at the end of a run without end of line, too."""
        if self.parts:
            text = "".join(self.parts)
            self.parts, self.size = [], 0
            self.say(text)

    def flush(self):
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


def print_under(text, said):
    """Stands for record.printed in a process that records nothing."""
    said.under.write(text)


def print_error(text):
    record.printed(text, said_errors)


def hook_output():
    global said_errors
    sys.stdout = Said(real.stdout, None)
    sys.stderr = said_errors = Said(real.stderr, "stderr")
    warnings.showwarning = on_warning
    try:
        null = os.stat(os.devnull)
        if os.path.samestat(os.fstat(0), null):
            sys.stdin = Empty()
    except OSError:
        sys.stdin = Empty()  # it is closed

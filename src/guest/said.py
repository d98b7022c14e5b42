# said.py - what the program prints, as lines of the task that prints them.
#
# In a run each line is an event. What is printed outside of runs is shown as
# it is, and what a program writes past sys.stdout goes to the real stream.


LONGEST = 5 << 18  # bytes of a line; looplab stops it at 1 MiB


class Said(io.RawIOBase):
    """Stands below sys.stdout or sys.stderr."""

    def __init__(self, under, name, more):
        self.under, self.name, self.more = under, name, more
        self.parts, self.size = [], 0  # of a line without end

    def write(self, data):
        data = bytes(data)
        if record.run is None:
            record.printed(data.decode("utf-8", "replace"), self)
            return len(data)
        whole, end, rest = data.rpartition(b"\n")
        if end or self.size > LONGEST:
            self.parts.append(whole)
            self.say()
        if rest:
            self.parts.append(rest)
            self.size += len(rest)
            if len(self.parts) % 10000 == 0:
                record.printed("", self)  # it is not silent
        return len(data)

    def say(self):
        """Says what has come."""
        text = b"".join(self.parts).decode("utf-8", "replace")
        self.parts, self.size = [], 0
        task, worker = caller()
        line = line_of(sys._getframe(1))
        for one in text.split("\n"):
            event("say", task, worker=worker, line=line, text=one,
                  more=self.more)
        record.flush()  # or it would be lost in a crash

    def writable(self):
        return True

    def fileno(self):
        return self.under.fileno()


def close_said():
    """At the end of a run what has no end of line is a line, too."""
    for said in said_out, said_errors:
        if said.parts:
            said.say()


class Empty(io.TextIOBase):
    """Stands for a standard input that has nothing, and says so."""

    def read(self, size=-1):
        line = line_of(sys._getframe(1))
        name = os.path.basename(options.script)
        if record.runs == 0:
            record.refuse("%s reads standard input, which is empty here "
                          "(%s); looplab run %s < FILE"
                          % (name, place_words(line), name))
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
        place = files[filename]
        where = 0 if place is None else place + lineno
        if name in record.noted:
            return
        if record.run is not None:
            note("the coroutine %s was never awaited" % name, where)
            return
        record.never = name, place_words(where)
    sys.stderr.write(warnings.formatwarning(message, category, filename,
                                            lineno, line))


def print_under(text, said):
    """Stands for record.printed in a process that records nothing."""
    said.under.write(text)


def print_error(text):
    record.printed(text, said_errors)


def stream_above(said):
    stream = io.TextIOWrapper(said, "utf-8", said.under.errors,
                              write_through=True)
    stream.mode = "w"
    return stream


def hook_output():
    global said_out, said_errors
    said_out = Said(real.stdout, "<stdout>", "")
    said_errors = Said(real.stderr, "<stderr>", ',"stream":"stderr"')
    sys.stdout, sys.stderr = map(stream_above, (said_out, said_errors))
    warnings.showwarning = on_warning
    try:
        null = os.stat(os.devnull)
        if os.path.samestat(os.fstat(0), null):
            sys.stdin = Empty()
    except OSError:
        sys.stdin = Empty()  # it is closed

# record.py - what happens, as lines of JSON on the record's descriptor.
#
# Each outermost run of a loop is a run of the record: each asyncio.run() of
# the program is a variant. At most one is open. What is printed outside of
# runs takes the same way, to come in its place, and is no part of the record.

RUNS = 8  # a record has no more variants (src/demo/demo.h)


def out_of_reach(fd):
    """The same, far from the descriptors that the program gets."""
    import fcntl
    try:
        far = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 200)
    except OSError:
        return fd  # it may have no more than that
    os.close(fd)
    return far


def clean(text):
    """What a reader of UTF-8 and of C strings can take."""
    text = text.replace("\0", "\ufffd")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return quoted(text)


def write_whole(fd, data):
    data = memoryview(data)
    while data:
        data = data[os.write(fd, data):]


class Record:
    """The lines of a record. They are kept until the next flush."""

    def __init__(self):
        self.out = None
        self.head = None  # the first line, until the first run begins
        self.run = None  # the name of the run that is open
        self.runs = self.count = self.begun = 0
        self.names = set()
        self.files = set()  # whose text the run has
        self.early = []  # notes from before the first run
        self.noted = set()
        self.never = None  # (name, line): a coroutine nobody awaited, no run
        self.lines = []
        self.flushed = 0  # when, by the real clock
        self.room = 1 << 62  # bytes that it may still have
        self.lock = real.RLock()  # signal handlers write as well

    def refuse(self, text):
        """Ends the process: there is nothing to record, for this reason."""
        os.write(self.out, ('{"refused":%s}\n' % clean(text)).encode())
        leave(2)

    def begin(self, name):
        """Opens a run; False if there were as many as a record can have."""
        if self.runs == RUNS:
            note("%d runs are recorded, and no more" % RUNS, once="runs")
            return False
        if self.head:
            self.lines.append(self.head)
            self.head = None
        plain = "".join(c if c.isalnum() else "_" for c in name)
        name, number = plain, 1
        while name in self.names:
            number += 1
            name = "%s_%d" % (plain, number)
        self.names.add(name)
        self.lines.append('{"run":%s,"text":null,"law":null,"gap_law":null}'
                          % clean(name))
        self.run, self.count, self.begun = name, 0, world.now()
        self.files = set()
        self.runs += 1
        return True

    def printed(self, text, said):
        with self.lock:
            self.lines.append('{"printed":%s%s}' % (clean(text), said.more))
            self.flush()

    def end(self, result):
        if self.run is None:
            return
        self.lines.append('{"end":%s,"result":%d,"ns":%d,"events":%d}' % (
            clean(self.run), result, world.now() - self.begun, self.count))
        self.run = None
        self.flush()

    def event(self, kind, task=0, other=0, worker=0, value=0, line=0, need=0,
              on=None, text=None, more=""):
        """Adds an event, if a run is open. Zero and None are left out."""
        if self.run is None:
            return
        with self.lock:
            if self.count >= options.events:
                stop_endless("it made %d events" % options.events, TOO_MANY)
            self.count += 1
            out = '{"seq":%d,"ns":%d,"event":"%s"' % (
                self.count, world.now() - self.begun, kind)
            if task:
                out += ',"task":%d' % task
            if other:
                out += ',"other":%d' % other
            if worker:
                out += ',"worker":%d' % worker
            if value:
                out += ',"value":%d' % value
            if line:
                out += ',"line":%d' % (line & LINE_MOST)
                if line > LINE_MOST:
                    number = line >> LINE_BITS
                    out += members_of(line, number not in self.files)
                    self.files.add(number)
            if need:
                out += ',"need":%d' % need
            if on:
                out += ',"on":"%s"' % on
            if text:
                out += ',"text":' + clean(text)
            self.lines.append(out + more + "}")

    def flush(self):
        with self.lock:
            if not self.lines:
                return
            lines, self.lines = self.lines, []
            data = ("\n".join(lines) + "\n").encode()
            self.flushed = real.monotonic_ns()
            self.room -= len(data)
            try:
                write_whole(self.out, data)
            except BrokenPipeError:
                os._exit(1)  # nobody reads any more
            except OSError:
                os.write(2, b"\nlooplab: it closed the pipe that its record "
                         b"goes through, descriptor %d\n" % self.out)
                os._exit(1)
            if self.room < 0:
                self.room = 1 << 62  # for what is still to be told
                stop_endless("its record has more than %d MiB" %
                             (Tries.MOST >> 20), TOO_MANY)


record = Record()
event = record.event


def note(text, line=0, once=None, of=None):
    """Tells the learner something that the program did not print. With
    [once], only the first time that is given. It is said of the caller, or of
    a worker."""
    if once is not None:
        if once in record.noted:
            return
        record.noted.add(once)
    if record.run is not None:
        task, worker = (of.task, of.number) if of else caller()
        event("note", task=task, worker=worker, line=line, text=text)
        record.flush()
    elif record.runs == 0:
        record.early.append((text, line))
    else:
        where = " in " + place_words(line) if line else ""
        real.stderr.write("looplab: %s%s\n" % (text, where))

# orders.py - every order of a program's steps: --orders=MOST,DEEPEST,NS.
#
# One process forks for each order, when all is there that they share: Python,
# the recorder, the program's code. A walk through all orders goes depth first,
# as src/core/explore.c does. What a child did is in memory that both have, so
# that it is known even if the child crashes:
#
#     shared   how it ended, and its choices     fd 1   what it has said
#
# The record is then that of src/guest/orders_internal.h. It has no events.


class Orders:
    """A walk through the orders of a program."""

    RESULT, HOW, NS, MADE, FIRST = range(5)  # of the numbers that are shared
    RAN, REFUSED = 1, 2
    EVERY = 100_000_000  # ns between two reports

    def __init__(self, most, deepest, limit):
        import mmap
        self.most, self.deepest, self.limit = most, deepest, limit
        memory = mmap.mmap(-1, 8 * (self.FIRST + 2 * deepest))
        self.shared = memoryview(memory).cast("q")
        self.process, self.child = os.getpid(), 0
        self.found = {}  # (result, ns, said): how many orders
        self.tried = self.reported = 0
        self.shallow = self.stopped = False

    # --- in the process that forks

    def walk(self):
        """Returns in each child, with what shall run; and never here."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGINT, self.on_interrupt)
        os.dup2(os.memfd_create("said"), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        gc.collect()
        gc.freeze()
        script, more = [], True
        while more and self.tried < self.most and not self.stopped:
            os.ftruncate(1, 0)
            os.lseek(1, 0, os.SEEK_SET)
            for i in range(self.FIRST):
                self.shared[i] = 0
            child = os.fork()
            if child == 0:
                self.begin(script)
                return
            status = self.wait(child)
            if not self.stopped:
                made = self.take(status)
                more = self.next(made)
                script = [taken for taken, _ in made]
        self.report(more)
        os._exit(0)

    def on_interrupt(self, number, frame):
        self.stopped = True
        if self.child and os.getpid() == self.process:
            os.kill(self.child, signal.SIGKILL)

    def wait(self, child):
        self.child = child
        if self.stopped:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        self.child = 0
        return status

    def take(self, status):
        """Counts what the child came to. Returns its choices."""
        result, how, ns, made, *used = self.shared[
            :self.FIRST + 2 * min(self.shared[self.MADE], self.deepest)]
        if how == self.REFUSED:
            os._exit(2)
        if how != self.RAN:
            late = os.WIFSIGNALED(status) and \
                os.WTERMSIG(status) == signal.SIGALRM
            result = TOO_LATE if late else CRASHED
        self.shallow |= made > self.deepest
        made = list(zip(used[::2], used[1::2]))
        said = os.pread(1, os.fstat(1).st_size, 0)
        self.count((result, ns, said), made)
        return made

    def count(self, key, made):
        if self.tried == 0:
            self.put(record.head)
            self.put('{"run":"","text":null,"law":null,"gap_law":null}')
        self.tried += 1
        self.found[key] = self.found.get(key, 0) + 1
        if self.found[key] == 1:
            script = ",".join(str(taken) for taken, _ in made)
            while script.endswith(",0"):
                script = script[:-2]
            result, ns, said = key
            self.put('{"outcome":%s,"result":%d,"ns":%d,"held":%d,"said":%s}'
                     % (clean("fifo" if script in ("", "0") else script),
                        result, ns, result == 0,
                        clean(said[:SAID].decode("utf-8", "replace"))))
        if real.monotonic_ns() - self.reported > self.EVERY:
            self.report(None)

    def report(self, more):
        """Says how often each was found; and with [more], that all is over."""
        self.reported = real.monotonic_ns()
        counts = ",".join(map(str, self.found.values()))
        self.put('{"tried":%d,"counts":[%s]%s}' % (
            self.tried, counts, "" if more is None else
            ',"truncated":%d,"shallow":%d,"stopped":%d' % (
                more, self.shallow, self.stopped)))

    def put(self, line):
        data = memoryview((line + "\n").encode())
        while data:
            data = data[os.write(record.out, data):]

    @staticmethod
    def next(made):
        """Makes [made] the choices of the next order. Is there one?"""
        while made and made[-1][0] + 1 >= made[-1][1]:
            made.pop()
        if made:
            made[-1] = (made[-1][0] + 1, made[-1][1])
        return bool(made)

    # --- in a child

    def begin(self, script):
        global event, leave, show_error, stop_endless
        # Also if looplab ends before it does.
        signal.setitimer(signal.ITIMER_REAL, self.limit / 1e9)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        schedule.script, schedule.is_fifo = script, False
        schedule.on_choice = self.on_choice
        event = record.event = self.on_event
        leave, show_error = self.leave, self.on_error
        stop_endless = self.on_endless
        record.refuse, record.flush = self.refuse, record.lines.clear
        record.flushed = real.monotonic_ns()
        out = io.TextIOWrapper(open(1, "wb", 0), "utf-8", "replace",
                               write_through=True)
        real.stdout = said_out.under = out
        record.printed = print_under
        self.error = self.unread = 0

    def on_choice(self, taken, width):
        made = self.shared[self.MADE]
        if made < self.deepest:
            self.shared[self.FIRST + 2 * made] = taken
            self.shared[self.FIRST + 2 * made + 1] = width
        self.shared[self.MADE] = made + 1

    def on_event(self, kind, *what, text=None, **more):
        """Stands for record.event: only what is said is of interest."""
        if record.run is not None:
            record.count += 1
            if record.count > options.events:
                self.on_endless(None, TOO_MANY)
            if kind == "say":
                self.say(text)
            elif kind == "unread":
                self.unread = UNREAD

    @staticmethod
    def say(text):
        os.write(1, (text + "\n").encode("utf-8", "replace"))

    def on_error(self, error):
        self.error = code_of(error)
        self.say(words_of(error))

    def on_endless(self, why, code):
        self.error = code
        self.leave(4)

    def end(self, result, how):
        for i, number in enumerate((result, how, world.now())):
            self.shared[i] = number

    def leave(self, status):
        """Stands for leave(), which ends the process."""
        self.end(DEADLOCK if state.deadlocked else self.error or status
                 or self.unread, self.RAN)
        os._exit(0)

    def refuse(self, text):
        self.put('{"refused":%s}' % clean(text))
        self.end(0, self.REFUSED)
        os._exit(0)


SAID = 100_000  # bytes of what an order has said, at most

# tries.py - the program under one schedule after another: --tries=NS.
#
# looplab asks for each by a line on standard input: the schedule, a tab, and
# the values. One process forks for it, when all is there that they share:
# Python, the recorder, the program's code. It does so ahead of time: while one
# child runs, the next is made on another core. The child writes its record into
# memory that both have, so that it is known even if the child crashes, and that
# looplab wakes up once for all of it. What else there is to know is in shared
# memory too; and comes in a last line, after that of an error which ended the
# program:
#
#     {"error":"ValueError: too late"}
#     {"ran":1,"signal":0,"status":0,"result":0,"ns":5,"reached":1,
#      "widths":[2,2],"past":"what was written past sys.stdout"}


class Tries:
    STATE, RESULT, NS, REACHED, MADE, FIRST = range(6)  # of what is shared
    ENDED, REFUSED = 1, 2  # states; 0: it was cut off
    WIDTHS = 1000  # of how many choices it is told among how many they were
    PAST = 100_000  # bytes, at most
    MOST = 32 << 20  # bytes of a record

    def __init__(self, limit):
        import mmap
        self.limit = limit
        self.requests = os.fdopen(out_of_reach(0))
        os.open(os.devnull, os.O_RDONLY)  # the program's standard input
        memory = mmap.mmap(-1, 8 * (self.FIRST + self.WIDTHS))
        self.shared = memoryview(memory).cast("q")
        self.lines = out_of_reach(os.memfd_create("record"))
        self.process, self.child = os.getpid(), 0
        self.waiting = None  # (process, pipe): a child that waits for its line
        self.error, self.state = 0, self.ENDED
        self.known = {}  # values: the program's code, and the record's head

    # --- in the process that forks

    def serve(self, program):
        """Returns the code in each child, which shall run it; else never."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGINT, self.on_interrupt)
        os.dup2(os.memfd_create("past"), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        gc.collect()
        gc.freeze()
        for line in self.requests:
            values = line.rstrip("\n").partition("\t")[2]
            if values not in self.known:
                self.known[values] = (
                    program.code(options.sets + values.split()), head(program))
                self.drop()  # it does not know that code
            for fd in 1, self.lines:
                os.ftruncate(fd, 0)
                os.lseek(fd, 0, os.SEEK_SET)
            self.shared[:self.FIRST] = memoryview(
                bytes(8 * self.FIRST)).cast("q")
            if not self.waiting and not self.fork():
                return self.begin()
            (self.child, pipe), self.waiting = self.waiting, None
            os.write(pipe, line.encode())
            os.close(pipe)
            if not self.fork():
                return self.begin()
            self.tell(os.waitpid(self.child, 0)[1])
        self.drop()
        os._exit(0)

    def fork(self):
        """Makes a child that waits. False: this is it."""
        self.line, pipe = os.pipe()
        child = os.fork()
        os.close(self.line if child else pipe)
        self.waiting = child, pipe
        return child

    def drop(self):
        if self.waiting:
            os.close(self.waiting[1])  # it ends then
            os.waitpid(self.waiting[0], 0)
            self.waiting = None

    def on_interrupt(self, number, frame):
        if os.getpid() == self.process:
            if self.child:
                os.kill(self.child, signal.SIGKILL)
            os._exit(130)

    def tell(self, status):
        self.child = 0
        lines = os.pread(self.lines, os.fstat(self.lines).st_size, 0)
        state, result, ns, reached, made = self.shared[:self.FIRST]
        if state == self.REFUSED:
            write_whole(record.out, lines)
            os._exit(2)
        widths = self.shared[self.FIRST:self.FIRST + min(made, self.WIDTHS)]
        past = os.pread(1, self.PAST, 0).decode("utf-8", "replace")
        killed = os.WIFSIGNALED(status)
        # The child may have ended within a line.
        line = ('%s{"ran":%d,"signal":%d,"status":%d,"result":%d,"ns":%d,'
                '"reached":%d,"widths":%s,"past":%s}\n' % (
                    "\n" if killed else "", state,
                    os.WTERMSIG(status) if killed else 0,
                    0 if killed else os.WEXITSTATUS(status), result, ns,
                    reached, widths.tolist(), clean(past)))
        write_whole(record.out, lines + line.encode())

    # --- in a child

    def begin(self):
        """Waits for its line. Returns the code to run."""
        global schedule
        line = os.read(self.line, 1 << 16).decode()
        if not line:
            os._exit(0)
        os.close(self.line)
        plan, _, values = line.rstrip("\n").partition("\t")
        code, record.head = self.known[values]
        os.close(record.out)
        record.out, record.room = self.lines, self.MOST
        # Also if looplab ends before it does.
        signal.setitimer(signal.ITIMER_REAL, self.limit / 1e9)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.requests.close()
        schedule = Schedule(plan)
        if schedule.is_fifo:  # the choices are of interest
            schedule.script, schedule.is_fifo = [], False
        schedule.on_choice = self.on_choice
        record.refuse = self.refuse
        record.flushed = real.monotonic_ns()
        self.shared[self.REACHED] = 1  # unless it ends without
        return code

    def on_choice(self, taken, width):
        made = self.shared[self.MADE]
        if made < self.WIDTHS:
            self.shared[self.FIRST + made] = width
        self.shared[self.MADE] = made + 1

    def on_error(self, error):
        self.error = code_of(error)
        record.lines.append('{"error":%s}' % clean(words_of(error)))

    def refuse(self, text):
        self.state = self.REFUSED
        Record.refuse(record, text)

    def end(self, status):
        """The child ends, and nobody has stopped it."""
        result = DEADLOCK if state.deadlocked else self.error or status
        for i, number in enumerate((
                self.state, result, world.now(),
                schedule.reached())):
            self.shared[i] = number


tries = None

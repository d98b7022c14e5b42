# tries.py - the program under one schedule after another: --tries=NS.
#
# looplab asks for each by a line on standard input: the schedule, a tab, and
# the values. After them come, likewise, those that it will probably ask for
# next. These are begun too, as there are several cores. One process forks for
# each, when all is there that they share: Python, the recorder, the program's
# code. The child writes its record into memory that both have. So it is known
# even if the child crashes, and looplab wakes up once for all of it. What is
# not in the record is in shared memory, too; and comes in a last line, after
# that of an error which ended the program:
#
#     {"error":"ValueError: too late"}
#     {"ran":1,"signal":0,"status":0,"result":0,"ns":5,"reached":1,
#      "widths":[2,2],"past":"what was written past sys.stdout"}


class Slot:
    """What one child leaves behind."""

    def __init__(self):
        import mmap
        memory = mmap.mmap(-1, 8 * (Tries.FIRST + Tries.WIDTHS))
        self.shared = memoryview(memory).cast("q")
        self.lines = out_of_reach(os.memfd_create("record"))
        self.past = out_of_reach(os.memfd_create("past"))
        self.child = 0

    def clear(self):
        for fd in self.past, self.lines:
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
        self.shared[:Tries.FIRST] = memoryview(
            bytes(8 * Tries.FIRST)).cast("q")


class Tries:
    STATE, RESULT, NS, REACHED, MADE, FIRST = range(6)  # of what is shared
    ENDED, REFUSED = 1, 2  # states; 0: it was cut off
    WIDTHS = 1000  # of how many choices it is told among how many they were
    PAST = 100_000  # bytes, at most
    MOST = 32 << 20  # bytes of a record
    SLOTS = 8  # children at one time, most of which nobody has asked for yet

    def __init__(self, limit):
        self.limit = limit
        self.requests = os.fdopen(out_of_reach(0))
        os.open(os.devnull, os.O_RDONLY)  # the program's standard input
        self.slots = [Slot() for _ in range(self.SLOTS)]  # those free
        self.running = {}  # (schedule, values): their slot, oldest first
        self.process = os.getpid()
        self.cores = os.cpu_count() or 1
        self.share = 1  # how many children may share a core
        self.error, self.state = 0, self.ENDED
        self.known = {}  # values: the program's code, and the record's head

    # --- in the process that forks

    def serve(self, program):
        """Returns the code in each child, which shall run it; else never."""
        self.program = program
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if options.virtual:
            warm_up()
        gc.collect()
        gc.freeze()
        for line in self.requests:
            words = line.rstrip("\n").split("\t")
            wanted = list(zip(words[::2], words[1::2]))[:self.SLOTS]
            self.share = -(-len(wanted) // self.cores)
            for what in wanted:
                if what not in self.running and not self.fork(what, wanted):
                    return self.begin(*what)
            slot = self.running.pop(wanted[0])
            self.tell(slot, os.waitpid(slot.child, 0)[1])
            self.slots.append(slot)
        for what in list(self.running):
            self.drop(what)
        os._exit(0)

    def fork(self, what, wanted):
        """Begins a child. False: this is it."""
        if not self.slots:
            self.drop(next(w for w in self.running if w not in wanted))
        values, program = what[1], self.program
        if values not in self.known:
            self.known[values] = (
                program.code(options.sets + values.split()), head(program))
        slot = self.slots.pop()
        slot.clear()
        slot.child = os.fork()
        self.running[what] = slot
        return slot.child

    def drop(self, what):
        """Ends what was begun for nothing."""
        slot = self.running.pop(what)
        os.kill(slot.child, signal.SIGKILL)
        os.waitpid(slot.child, 0)
        self.slots.append(slot)

    def kill(self):
        for slot in self.running.values():
            os.kill(slot.child, signal.SIGKILL)

    def on_interrupt(self):
        if os.getpid() == self.process:
            self.kill()
            os._exit(130)

    def tell(self, slot, status):
        lines = os.pread(slot.lines, os.fstat(slot.lines).st_size, 0)
        state, result, ns, reached, made = slot.shared[:self.FIRST]
        if state == self.REFUSED:
            write_whole(record.out, lines)
            self.kill()
            os._exit(2)
        widths = slot.shared[self.FIRST:self.FIRST + min(made, self.WIDTHS)]
        past = os.pread(slot.past, self.PAST, 0).decode("utf-8", "replace")
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

    def begin(self, plan, values):
        """Returns the code to run."""
        global schedule
        slot = self.running[plan, values]
        code, record.head = self.known[values]
        self.shared = slot.shared
        os.dup2(slot.past, 1)
        os.close(record.out)
        record.out, record.room = slot.lines, self.MOST
        self.set_limit(self.limit / 1e9)
        self.requests.close()
        if options.virtual and "random" in sys.modules:
            same_numbers(sys.modules["random"])  # else a fork has its own
        schedule = Schedule(plan)
        if schedule.is_fifo:  # the choices are of interest
            schedule.script, schedule.is_fifo = [], False
        schedule.on_choice = self.on_choice
        record.refuse = self.refuse
        record.flushed = real.monotonic_ns()
        self.shared[self.REACHED] = 1  # unless it ends without
        return code

    def set_limit(self, seconds):
        """Ends the child in time, also if looplab ends before it does. Of the
        processor's time, since on a busy machine a good program takes long;
        of all, ten times that, since one that waits takes nothing."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, 10 * seconds * self.share)

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

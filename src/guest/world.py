# world.py - where time comes from, and the threads that live in it.
#
# Under the virtual clock one thread runs at a time: the one that has the
# baton. It gives it back when it sleeps, waits or ends. The conductor is the
# main thread: while it waits it hands the baton to those that can run, and
# moves time when none can. So threads take turns as tasks do, and a sleep in
# a thread takes exactly the time it names.
#
#     conductor --- resume --> worker 1 --- park --> conductor --- resume ...

local = threading.local()  # .worker: the Worker of this thread


def me():
    return getattr(local, "worker", None)


def ns_of(seconds):
    return max(0, round(float(seconds) * 1e9))


class Worker:
    """A thread of a pool or of the program itself."""

    def __init__(self, name):
        self.name, self.pool = name, None
        self.number = self.task = self.job = 0  # in the run that is open
        self.ident = 0
        self.go = real.Lock()
        self.go.acquire()
        self.over = False


class RealWorld:
    """Time passes by itself, and threads run when they like."""

    alive, current = (), None

    def __init__(self, now=None):
        # As asyncio's own loop: loop.time() is time.monotonic().
        self.start = 0 if now is None else real.monotonic_ns() - now

    def now(self):
        return real.monotonic_ns() - self.start

    def spawn(self, worker):
        pass

    def enter(self, worker):
        pass

    def leave(self, worker):
        worker.over = True


class VirtualWorld:
    def __init__(self):
        self.ns = self.seq = 0
        self.due = []  # (ns, seq, worker): parked until then
        self.held = []  # (worker, ready): parked until ready() is true
        self.alive = []
        self.current = None  # the worker that has the baton
        self.interrupted = False
        self.back = real.Lock()
        self.back.acquire()

    def now(self):
        return self.ns

    # in a worker

    def spawn(self, worker):
        self.alive.append(worker)
        self.push(worker, self.ns)

    def enter(self, worker):
        worker.ident = threading.get_ident()
        worker.go.acquire()

    def leave(self, worker):
        worker.over = True
        self.alive.remove(worker)
        self.back.release()

    def push(self, worker, ns):
        self.seq += 1
        heapq.heappush(self.due, (ns, self.seq, worker))

    def park(self, worker):
        self.back.release()
        worker.go.acquire()

    def sleep(self, worker, ns):
        self.push(worker, self.ns + ns)
        self.park(worker)

    def hold(self, worker, ready, ns=None):
        """Waits until ready() is true, or for [ns]. Returns which it was."""
        end = None if ns is None else self.ns + ns
        while not ready():
            if end is not None and self.ns >= end:
                return False
            if end is not None:
                self.push(worker, end)
            entry = (worker, ready)
            self.held.append(entry)
            self.park(worker)
            if entry in self.held:
                self.held.remove(entry)
            self.due = [d for d in self.due if d[2] is not worker]
            heapq.heapify(self.due)
        return True

    # in the conductor

    def resume(self, worker):
        self.current, ticks = worker, state.ticks
        worker.go.release()
        while not self.back.acquire(timeout=TICK):
            pass  # but handle signals; the worker may compute
        self.current = None
        tell_computing(state.ticks - ticks, worker)
        state.ticks = ticks
        if self.interrupted:  # while the worker had the baton
            self.interrupted = False
            raise KeyboardInterrupt

    def pop_due(self):
        """Of those that are due, the first, unless a schedule chooses."""
        if schedule.is_fifo:
            return heapq.heappop(self.due)[2]
        due = sorted(d for d in self.due if d[0] <= self.ns)
        place = schedule.choose(len(due)) if len(due) > 1 else 0
        taken = due[place]
        if len(due) > 1:
            event("choose", worker=taken[2].number, value=place,
                  text=" ".join(str(d[2].number) for d in due))
        self.due.remove(taken)
        heapq.heapify(self.due)
        return taken[2]

    def step(self):
        """Lets all workers run that can before time passes."""
        again = bool(self.due or self.held)
        while again:
            again = False
            while self.due and self.due[0][0] <= self.ns:
                self.resume(self.pop_due())
                again = True
            for entry in list(self.held):
                if entry in self.held and entry[1]():
                    self.held.remove(entry)
                    self.resume(entry[0])
                    again = True

    def move(self, to):
        self.ns = max(self.ns, to)
        if record.run is not None and self.ns - record.begun > options.limit:
            stop_endless("it took more than %s (--limit=none allows more)"
                         % hours_of(options.limit), TOO_LONG)

    def next(self):
        return self.due[0][0] if self.due else None

    def advance(self, to):
        """Lets time pass until [to], and workers run when they are due."""
        self.step()
        while self.due and self.due[0][0] <= to:
            self.move(self.due[0][0])
            self.step()
        self.move(to)
        self.step()

    def drive(self, ready, ns=None):
        """As hold, for the conductor. Where nothing can happen the run ends,
        and where none is open the wait."""
        end = None if ns is None else self.ns + ns
        self.step()
        while not ready():
            times = [t for t in (self.next(), end) if t is not None]
            if has_strangers() and hear_outside(
                    lambda seconds: real.sleep(LOOK),
                    lambda: ready() or not has_strangers(), times, NEVER):
                continue
            if not times:
                end_stuck()
            if not times or (end is not None and self.ns >= end):
                return False
            self.advance(min(times))
        return True


world = RealWorld()
conductor = threading.get_ident()


def conducts():
    return options.virtual and threading.get_ident() == conductor


def waits_virtually():
    """Is the caller a thread of the virtual world? Not while it starts one:
    Thread.start waits until the new thread is there, not until it runs."""
    return (me() is not None or conducts()) \
        and not getattr(local, "starting", False)


def start_really(thread):
    local.starting = True
    try:
        real.start(thread)
    finally:
        local.starting = False


def wait_until(ready, ns=None):
    """Waits in virtual time, whoever calls: a worker or the conductor."""
    worker = me()
    if worker:
        return world.hold(worker, ready, ns)
    return world.drive(ready, ns)

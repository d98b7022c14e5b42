# threads.py - the program's own threads, and what threads wait with.
#
# A thread of the program is a worker of no pool; a task stands for what it
# does. Under the virtual clock it takes turns with the others, and all that
# it may wait for parks it: time.sleep, locks, conditions and what is built on
# them (Event, Semaphore, Queue, Future.result), and join.


def wait_blocked(ready, ns, frame):
    """Waits in virtual time. What waits is seen to be blocked."""
    if ready() or ns == 0:
        return ready()
    if caller()[0] == 0 and (me() or not state.main):
        return wait_until(ready, ns)  # the loop, or a worker without a job
    with blocking(frame):
        return wait_until(ready, ns)


def once(attempt):
    """Has [attempt] succeeded? Then it is not made again."""
    got = []

    def ready():
        if not got and attempt():
            got.append(True)
        return bool(got)
    return ready


def condition_wait(self, timeout=None):
    """threading.Condition.wait in virtual time."""
    if not waits_virtually():
        return real.wait(self, timeout)
    waiter = real.Lock()
    waiter.acquire()
    self._waiters.append(waiter)
    saved = self._release_save()
    try:
        got = wait_blocked(once(lambda: waiter.acquire(False)),
                           None if timeout is None else
                           max(ns_of(timeout), int(timeout > 0)),
                           sys._getframe(1))
        if not got and waiter in self._waiters:
            self._waiters.remove(waiter)
        return got
    finally:
        self._acquire_restore(saved)


class Lock:
    """threading.Lock in virtual time. Where a job of the program takes one,
    that is told."""

    holder = None  # the worker of that job

    def __init__(self):
        self.lock = real.Lock()
        self.locked = self.lock.locked

    def acquire(self, blocking=True, timeout=-1):
        return self.take(sys._getframe(1), blocking, timeout)

    def take(self, frame, blocking=True, timeout=-1):
        worker = me()
        told = worker and worker.job and is_learners(frame.f_code)
        if not self.lock.acquire(False):
            if not blocking:
                return False
            if told:
                self.tell("want", worker, frame)
            if not self.wait(timeout, None if told else frame):
                return False
        if told:
            self.tell("hold", worker, frame)
            self.holder = worker
        return True

    def wait(self, timeout, frame):
        if not waits_virtually():
            return self.lock.acquire(True, timeout)
        # A thread that is not of this world holds a lock for a moment only,
        # whose record would be a matter of luck.
        for _ in range(LOOKS if frame and has_strangers() else 0):
            if self.lock.acquire(True, LOOK):
                return True
        ready = once(lambda: self.lock.acquire(False))
        ns = None if timeout < 0 else ns_of(timeout)
        return wait_until(ready, ns) if frame is None else \
            wait_blocked(ready, ns, frame)

    def tell(self, kind, worker, frame):
        event(kind, worker.task, other=number_of("mutex", self),
              worker=worker.number, line=line_of(frame), on="mutex")

    def release(self):
        holder, self.holder = self.holder, None
        if holder and holder.job:
            self.tell("release", holder, sys._getframe(1))
        self.lock.release()

    def __enter__(self):
        return self.take(sys._getframe(1))

    def __exit__(self, *what):
        self.release()

    def _at_fork_reinit(self):
        self.lock._at_fork_reinit()


class RLock(threading._RLock):
    def __init__(self):
        super().__init__()
        self._block = Lock()


# --- threads of the program


def function_of(thread, starter):
    """What a thread runs, if that or who starts it is the learner's."""
    function = getattr(thread, "function", None) or \
        getattr(thread, "_target", None) or type(thread).run
    while isinstance(function, functools.partial):
        function = function.func
    owner = getattr(function, "__self__", None)
    if isinstance(owner, asyncio.AbstractEventLoop):
        return function  # of a loop that runs in a thread
    code = getattr(function, "__code__", None)
    return function if is_learners(starter) \
        or code is not None and is_learners(code) else None


def thread_start(self):
    pool = pool_of(self)
    function = pool.hire if pool else \
        function_of(self, sys._getframe(1).f_code)
    if function is None or hasattr(self, "lab") or \
            (options.virtual and not waits_virtually()):
        return start_really(self)
    worker = self.lab = pool.hire() if pool else Worker(self.name)
    if not pool and record.run is not None:
        name = job_name(function, getattr(self, "_args", None) or ())
        announce_thread(worker, name, line_of(sys._getframe(1)))
    run = self.run

    def body():
        local.worker = worker
        world.enter(worker)
        job, begun = worker.job, record.runs
        if job:
            event("start", worker.task, other=job, worker=worker.number)
            record.flush()
        try:
            run()
        finally:
            if job and begun == record.runs and worker.task:
                event("done", worker.task, other=job, worker=worker.number)
                event("end", worker.task)
            world.leave(worker)
    self.run = body
    world.spawn(worker)
    start_really(self)


def announce_thread(worker, name, line):
    parent = caller()[0]
    worker.task, worker.number = next_number("task"), next_number("worker")
    worker.job = next_number("job")
    event("spawn", worker.task, other=parent, line=line, text=name)
    event("worker", worker=worker.number, text=worker.name)
    event("queue", worker.task, other=worker.job, line=line, text="thread",
          more=',"name":' + clean(name))
    event("wait", worker.task, other=worker.job, line=line, on="job")


def thread_join(self, timeout=None):
    worker = getattr(self, "lab", None)
    if worker is None or worker.over:
        return real.join(self, timeout)
    with contextlib.nullcontext() if worker.pool else \
            blocking(sys._getframe(1)):
        if not options.virtual:
            real.join(self, timeout)
        elif me() or conducts():
            wait_until(lambda: worker.over,
                       None if timeout is None else ns_of(timeout))
    if worker.over:
        real.join(self, timeout)


next_look = itertools.count().__next__


def elapsed():
    """Seconds, in the world that the caller waits in. A little passes from
    look to look, or a wait that is over could seem to lack a rounding error."""
    return world.ns / 1e9 + next_look() * 1e-12 if waits_virtually() \
        else real.monotonic_ns() / 1e9


def hook_threads():
    threading.Thread.start, threading.Thread.join = thread_start, thread_join
    if options.virtual:
        threading.Condition.wait = condition_wait
        threading.Lock, threading.RLock = Lock, RLock
        # They have taken time.monotonic before it was replaced.
        threading._time = queue.time = elapsed
        # The one in C would wait with the baton in its hand.
        queue.SimpleQueue = queue._PySimpleQueue


def finish_threads():
    """The program has ended; its threads go on until they end, as without
    us."""
    concurrent.futures.thread._python_exit()
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread():
            thread.join()

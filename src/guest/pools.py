# pools.py - executors: what a ThreadPoolExecutor does passes through here.
#
# run_in_executor, to_thread, map and `with` all come to submit and shutdown.
# The pools are Python's own, and their threads are workers (threads.py). Each
# job is called by one of ours, and so has a number and a worker.
#
# A job that its caller awaits at once is the caller's. One whose future goes
# elsewhere, to gather perhaps, gets a task that stands for it.


@functools.lru_cache(maxsize=None)
def awaiting_offsets(code):
    """Where [code] stands while it makes a call whose result it awaits at
    once. What follows a call are its caches, up to 3.13."""
    import dis
    found, before = set(), None
    for step in dis.get_instructions(code):
        if step.opname == "GET_AWAITABLE" and before is not None:
            found.update(range(before, step.offset, 2))
        if step.opname not in ("CACHE", "EXTENDED_ARG"):
            before = step.offset
    return found


def is_awaited(frame):
    """Is the future of this call awaited by the program at once?"""
    if any(step.f_code.co_name == "to_thread" for step in asyncios(frame)):
        return True
    frame = beyond_asyncio(frame)
    return frame is not None \
        and frame.f_lasti in awaiting_offsets(frame.f_code)


class Pool:
    """What a ThreadPoolExecutor is to the record."""

    def __init__(self, executor):
        loop = asyncio._get_running_loop()
        self.name = "asyncio" \
            if executor is getattr(loop, "_default_executor", None) else \
            (executor._thread_name_prefix or "pool").replace(
                "ThreadPoolExecutor-", "pool")  # which 3.8 calls its default
        self.workers = []
        self.busy = 0  # jobs that are not done
        self.when_idle = None  # called by the last of them, once
        self.run = self.number = 0

    def announce(self):
        """A pool may live longer than a run: it is told of in each."""
        if record.run is None or self.run == record.runs:
            return
        self.run, self.number = record.runs, next_number("pool")
        for worker in self.workers:
            self.announce_worker(worker)

    def announce_worker(self, worker):
        worker.number = next_number("worker")
        event("worker", worker=worker.number, value=self.number,
              text=worker.name)

    def finish(self):
        self.busy -= 1
        if self.busy == 0 and self.when_idle:
            self.when_idle()
            self.when_idle = None

    def hire(self):
        worker = Worker("%s_%d" % (self.name, len(self.workers)))
        worker.pool = self
        self.workers.append(worker)
        if record.run is not None:
            self.announce_worker(worker)
        return worker


def pool_of(thread):
    if getattr(thread, "_target", None) is concurrent.futures.thread._worker:
        return getattr(thread._args[0](), "lab_pool", None)
    return None


class Job:
    """Stands for a function that a worker is to call."""

    number = task = 0  # in no run
    info = None  # of the task that stands for it
    is_queued = True

    def __init__(self, pool, name, frame):
        self.pool, self.run = pool, record.runs
        if record.run is None:
            return
        pool.announce()
        self.number = next_number("job")
        line, parent = line_of(frame), caller()[0]
        if parent and is_awaited(frame):
            self.task = parent
        else:
            self.info = Info(next_number("task"), name)
            self.task = self.info.number
            event("spawn", self.task, other=parent, line=line, text=name)
        event("queue", self.task, other=self.number, value=pool.number,
              line=line, text=pool.name, more=',"name":' + clean(name))
        if self.info:
            event("wait", self.task, other=self.number, on="job", line=line)

    def __call__(self, fn, what, more):
        worker, self.is_queued = me() or Worker(""), False
        worker.task, worker.job = self.task, self.number
        if self.number:
            event("start", self.task, other=self.number, worker=worker.number)
            record.flush()
        value, text = 0, None
        try:
            result = fn(*what, **more)
            if inspect.iscoroutine(result):
                note("the job gave back a coroutine, %s, that nobody awaits"
                     % result.__name__)
                record.noted.add(result.__name__)
            return result
        except BaseException as error:
            value, text = code_of(error), words_of(error)
            raise
        finally:
            self.pool.finish()
            self.end("done", worker.number, value, text)
            worker.task = worker.job = 0

    def end(self, kind, worker, value, text=None):
        if self.number and self.run == record.runs:
            event(kind, self.task, other=self.number, worker=worker,
                  value=0 if kind == "drop" else value)
            if self.info:
                event("end", self.task, value=value, text=text)


class JobFuture(concurrent.futures.Future):
    def cancel(self):
        cancelled = super().cancel()
        if cancelled:
            self.drop(CANCELED)
        return cancelled

    def set_exception(self, error):
        self.drop(code_of(error))  # if the pool is broken
        super().set_exception(error)

    def drop(self, value):
        job = self.lab_job
        if job.is_queued:
            job.is_queued = False
            job.pool.finish()
            job.end("drop", 0, value)


named_as(JobFuture, concurrent.futures.Future)


class blocking:
    """The caller's thread is blocked meanwhile, for [ns] or for nobody knows
    how long."""

    def __init__(self, frame, ns=0):
        self.frame, self.ns = frame, ns

    def __enter__(self):
        self.run = record.run
        self.task, self.worker = caller()
        self.line = line_of(self.frame)
        self.frame = None
        self.tell("block")
        record.flush()

    def __exit__(self, *what):
        if record.run is self.run:
            self.tell("unblock")

    def tell(self, kind):
        event(kind, self.task, worker=self.worker, value=self.ns,
              line=self.line, on="block")


def hook_pools():
    executor = concurrent.futures.ThreadPoolExecutor
    submit_really, shut = executor.submit, executor.shutdown

    def submit(self, fn, *what, **more):
        if self._shutdown or self._broken:
            return submit_really(self, fn)  # which says so
        if not hasattr(self, "lab_pool"):
            self.lab_pool = Pool(self)
        job = Job(self.lab_pool, job_name(fn, what), sys._getframe(1))
        self.lab_pool.busy += 1
        future = submit_really(self, job, fn, what, more)
        future.__class__, future.lab_job = JobFuture, job
        return future

    def shutdown(self, wait=True, **more):
        shut(self, wait=False, **more)
        busy = wait and getattr(self, "lab_pool", None) and self.lab_pool.busy
        with blocking(sys._getframe(1)) if busy else contextlib.nullcontext():
            shut(self, wait)
    executor.submit, executor.shutdown = submit, shutdown
    wrap = asyncio.futures.wrap_future

    def wrap_future(future, *, loop=None):
        wrapped = wrap(future, loop=loop)
        job = getattr(future, "lab_job", None)
        if job is not None and isinstance(wrapped, Future):
            wrapped.lab_job, wrapped.lab = job.number, job.info
        return wrapped
    asyncio.wrap_future = asyncio.futures.wrap_future = wrap_future
    if options.virtual:
        hook_processes(executor)


def hook_processes(executor):
    """Under the virtual clock a pool of processes is one of threads: what
    sleeps in another process would take real time."""
    class ProcessPoolExecutor(executor):
        def __init__(self, max_workers=None, *what, **more):
            note("pools of processes run as pools of threads under the "
                 "virtual clock", once="processes")
            super().__init__(max_workers or os.cpu_count(),
                             thread_name_prefix="process")
    concurrent.futures.ProcessPoolExecutor = ProcessPoolExecutor

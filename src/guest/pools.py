# pools.py - executors: every ThreadPoolExecutor's work passes through here.
#
# run_in_executor, to_thread, map and `with` all come to submit and shutdown,
# which are replaced. The workers are threads of ours, so that jobs have
# numbers, and take turns under the virtual clock.
#
# A job that its caller awaits at once is the caller's. One whose future goes
# elsewhere, to gather perhaps, gets a task that stands for it.


class Job:
    __slots__ = ("number", "task", "call", "name", "future", "info")


class JobFuture(concurrent.futures.Future):
    lab_job = None

    def cancel(self):
        cancelled = super().cancel()
        job, self.lab_job = (self.lab_job, None) if cancelled \
            else (None, self.lab_job)
        if job is not None:
            event("drop", job.task, other=job.number)
            if job.info:
                event("end", job.task, value=CANCELED)
        return cancelled


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
    while frame is not None and frame.f_code.co_name != "to_thread" and (
            frame.f_code.co_filename.startswith(ASYNCIO)
            or frame.f_code.co_filename == ME):
        frame = frame.f_back
    return frame is not None and (
        frame.f_code.co_name == "to_thread"
        or frame.f_lasti in awaiting_offsets(frame.f_code))


class Pool:
    """What a ThreadPoolExecutor is to the record."""

    def __init__(self, executor):
        self.prefix = executor._thread_name_prefix or "pool"
        loop = asyncio._get_running_loop()
        is_default = executor is getattr(loop, "_default_executor", None)
        self.name = "asyncio" if is_default else \
            self.prefix.replace("ThreadPoolExecutor-", "pool")
        self.most = executor._max_workers
        self.setup = getattr(executor, "_initializer", None), \
            getattr(executor, "_initargs", ())
        self.jobs = collections.deque()
        self.workers, self.threads, self.idle = [], [], 0
        self.shut = False
        self.some = threading.Condition(real.Lock())
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

    def submit(self, job):
        with self.some:
            self.jobs.append(job)
            if self.idle < len(self.jobs) and len(self.workers) < self.most:
                self.hire()
            self.some.notify()

    def hire(self):
        number = len(self.workers)
        worker = Worker("%s_%d" % (self.name, number))
        self.workers.append(worker)
        if record.run is not None:
            self.announce_worker(worker)
        world.spawn(worker)
        thread = threading.Thread(target=self.work, args=(worker,),
                                  name="%s_%d" % (self.prefix, number),
                                  daemon=True)
        thread.lab = worker
        self.threads.append(thread)
        start_really(thread)

    def take(self):
        """Waits for a job; None when the pool is shut."""
        worker = me()
        self.idle += 1
        if options.virtual:
            world.hold(worker, lambda: self.jobs or self.shut)
        else:
            with self.some:
                while not self.jobs and not self.shut:
                    real.wait(self.some)
                self.idle -= 1
                return self.jobs.popleft() if self.jobs else None
        self.idle -= 1
        return self.jobs.popleft() if self.jobs else None

    def work(self, worker):
        local.worker = worker
        world.enter(worker)
        setup, arguments = self.setup
        if setup:
            setup(*arguments)
        job = self.take()
        while job:
            if job.future.set_running_or_notify_cancel():
                self.do(worker, job)
            job = None  # or its result would live until the next one
            job = self.take()
        world.leave(worker)

    def do(self, worker, job):
        worker.task, worker.job = job.task, job.number
        run = record.runs
        if job.number:
            event("start", job.task, other=job.number, worker=worker.number)
            record.flush()
        value, result, error = 0, None, None
        try:
            result = job.call()
        except BaseException as raised:
            value, error = code_of(raised), raised
        if inspect.iscoroutine(result):
            note("the job gave back a coroutine, %s, that nobody awaits"
                 % result.__name__)
        if job.number and run == record.runs:
            event("done", job.task, other=job.number, worker=worker.number,
                  value=value)
            if job.info:
                event("end", job.task, value=value,
                      text=words_of(error) if error is not None else None)
        worker.task = worker.job = 0
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(result)

    def done(self):
        return not self.jobs and self.idle == len(self.workers)

    def close(self, frame):
        """Waits until all its jobs are done."""
        if not options.virtual:
            with blocking(frame):
                for thread in self.threads:
                    if thread is not threading.current_thread():
                        real.join(thread)
        elif not self.done():
            with blocking(frame):
                wait_until(self.done)


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


pools = weakref.WeakKeyDictionary()  # executor: Pool


def new_job(pool, call, name, frame):
    job = Job()
    job.call, job.name, job.info = call, name, None
    job.number = job.task = 0
    job.future = JobFuture()
    job.future.lab_job = job
    if record.run is None:
        return job
    pool.announce()
    job.number = next_number("job")
    line, parent = line_of(frame), caller()[0]
    if parent and is_awaited(frame):
        job.task = parent
    else:
        job.info = Info(next_number("task"), name)
        job.task = job.info.number
        event("spawn", job.task, other=parent, line=line, text=name)
    event("queue", job.task, other=job.number, value=pool.number, line=line,
          text=pool.name, more=',"name":' + clean(name))
    if job.info:
        event("wait", job.task, other=job.number, on="job", line=line)
    return job


def submit(self, fn, *what, **more):
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    pool = pools.get(self)
    if pool is None:
        pool = pools[self] = Pool(self)
    job = new_job(pool, functools.partial(fn, *what, **more),
                  job_name(fn, what), sys._getframe(1))
    pool.submit(job)
    return job.future


def shutdown(self, wait=True, **more):
    self._shutdown = True
    pool = pools.get(self)
    if pool is None:
        return
    if more.get("cancel_futures"):
        for job in list(pool.jobs):
            job.future.cancel()
        pool.jobs.clear()
    with pool.some:
        pool.shut = True
        pool.some.notify_all()
    if wait:
        pool.close(sys._getframe(1))


def hook_pools():
    executor = concurrent.futures.ThreadPoolExecutor
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

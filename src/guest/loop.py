# loop.py - the event loop: asyncio's own, with what it calls made here.
#
# Deadlines are (ns, seq), so timers of one moment fire in the order in which
# they were set. How virtual time passes is in jump.py.

INTERNAL = {"shutdown_asyncgens", "shutdown_default_executor"}
NEVER = 1 << 62  # when a timer is due that is set for ever: sleep(math.inf)


class Handle(asyncio.Handle):
    """A callback that the loop calls."""

    __slots__ = ()

    def _run(self):
        run_handle(self, super()._run)
        self = None


class Timer(asyncio.TimerHandle):
    __slots__ = ("ns", "seq")
    count = itertools.count().__next__

    def __init__(self, when, *what):
        super().__init__(when, *what)
        if when != when:  # not a number: it is due at once
            when = 0
        self.ns, self.seq = round(min(when * 1e9, NEVER)), Timer.count()

    def __lt__(self, other):
        return (self.ns, self.seq) < (other.ns, other.seq)

    def __eq__(self, other):
        return self is other

    __hash__ = asyncio.TimerHandle.__hash__

    def alive(self):
        return self._scheduled and not self._cancelled

    def _run(self):
        if schedule.holds_back(self):
            return
        tell_due(self)
        state.in_timer = ends_wait(self._callback, self._args)
        run_handle(self, super()._run)
        state.in_timer = False
        self = None


asyncio.events.Handle, asyncio.events.TimerHandle = Handle, Timer
named_as(Handle, asyncio.Handle)
named_as(Timer, asyncio.TimerHandle)


def run_handle(handle, run):
    schedule.cancel_woken(handle)
    what = handle._args
    state.cause = task_number(what[0]) if what else 0
    state.ticks = 0
    run()
    state.cause = 0
    tell_computing(state.ticks)
    # Through our frames an error's traceback leads here, and would keep the
    # task, whose death must tell that nobody has read the error.
    handle = run = what = None


def ends_wait(callback, what):
    """Does this timer end a sleep, a wait or a wait_for? A callback of the
    program that gets a future is no deadline of who waits for it."""
    return bool(what) and isinstance(what[0], asyncio.Future) and \
        (getattr(callback, "__module__", None) or "").startswith("asyncio.")


def tell_due(timer):
    what = timer._args
    scope = getattr(timer._callback, "__self__", None)
    info = getattr(getattr(scope, "_task", None), "lab", None)
    if info is None and ends_wait(timer._callback, what):
        info = waiter_of(what[0])
    if not info or not info.number:
        return
    at = timer.ns - record.begun
    event("timer", info.number, value=at, on=info.on)
    if info.on != "sleep" or scope is not None:
        event("timeout", info.number, value=at, on=info.on)


def is_internal(coro):
    """Is this a coroutine of asyncio's own, and no task of the learner's?
    asyncio.sleep is one when the program makes it a task."""
    code = getattr(coro, "cr_code", None)
    if code is None:
        return False
    return code.co_filename == ME or code.co_filename.startswith(ASYNCIO) \
        and (code.co_name in INTERNAL or code.co_name.startswith("_"))


def is_library(coro, frame):
    """Is this task made by a library, and of its own code?"""
    code = getattr(coro, "cr_code", None)
    if code is None or is_learners(code):
        return False
    frame = beyond_asyncio(frame)
    return frame is None or not is_learners(frame.f_code)


class Loop(asyncio.SelectorEventLoop):
    lab_depth = 0  # of run_until_complete around run_forever
    lab_woken = False  # was call_soon_threadsafe called while it waited?
    lab_owns = False  # did the run that is open begin here?

    def __init__(self, *what):
        super().__init__(*what)
        self._clock_resolution = 1e-9
        self._selector.lab_loop = self
        if not schedule.is_fifo:
            self._ready = Ready()

    # --- time

    def time(self):
        return world.now() / 1e9

    def call_at(self, when, callback, *what, context=None):
        timer = super().call_at(when, callback, *what, context=context)
        if ends_wait(callback, what) and type(what[0]) is Future:
            what[0].lab_due = timer.ns if timer.ns < NEVER else 0
        else:
            scope = getattr(callback, "__self__", None)  # asyncio.timeout
            info = getattr(getattr(scope, "_task", None), "lab", None)
            if info:
                info.timers = [t for t in info.timers if t.alive()]
                info.timers.append(timer)
        return timer

    # --- tasks

    def create_task(self, coro, **more):
        self._check_closed()
        more = {k: v for k, v in more.items() if v is not None}
        # What is no coroutine is a mistake, of which asyncio tells.
        recorded = asyncio.iscoroutine(coro) and not is_internal(coro)
        if recorded and not self.is_running():
            self.lab_begin(coro)
        if not recorded or record.run is None:
            return super().create_task(coro, **more)
        return self.lab_task(coro, more, sys._getframe(1))

    def lab_task(self, coro, more, frame):
        name = more.get("name")
        if name is None and frame.f_code.co_name == "create_task":
            name = frame.f_locals.get("name")  # up to 3.11 it is told later
        info = Info(next_number("task"), None)
        info.name = coroutine_name(coro, name, info.number > 1)
        state.infos.add(info)
        library = is_library(coro, frame)
        event("spawn", info.number, other=running_number(),
              line=line_of(frame), text=info.name,
              more=',"library":true' if library else "")
        self.lab_join_group(info, frame)
        driven, factory = Driven(coro, info), self._task_factory
        if factory is None:
            task = Task(driven, loop=self, **more)
        elif factory is getattr(asyncio, "eager_task_factory", 0):
            task = Task(driven, loop=self, eager_start=self.is_running(),
                        **more)
        else:
            task = super().create_task(driven, **more)
        if isinstance(task, Task):
            task.lab = info
            state.tasks.add(task)
        return task

    def lab_join_group(self, info, frame):
        for step in asyncios(frame):
            if step.f_code.co_filename.endswith("taskgroups.py"):
                event("join", info.number, on="group",
                      other=number_of("group", step.f_locals.get("self")))
                return

    def create_future(self):
        future = Future(loop=self)
        frame = sys._getframe(1)
        name = frame.f_code.co_name
        if name == "shield":
            inner = frame.f_locals.get("inner")
            future.lab_inner = inner is not None and weakref.ref(inner)
        elif name == "_create_connection_transport":
            future._sock = frame.f_locals.get("sock")
        return future

    # --- wakes: every one of them is a call_soon of something of the task's

    def call_soon(self, callback, *what, context=None):
        task = getattr(callback, "__self__", None)
        if task.__class__ is Task:
            info = task.lab
            if info and info.waiting:
                self.lab_wake(info, what)
        return super().call_soon(callback, *what, context=context)

    def lab_wake(self, info, what):
        value, line, waker = 0, 0, state.cause
        if runs_here() and state.running is not info:
            waker, line = state.running.number, line_of(sys._getframe(2))
        future = what[0] if what else None
        if isinstance(future, asyncio.Future) and future.done():
            if future.cancelled():
                value = CANCELED
            else:
                error = future._exception
                value = code_of(error) if error is not None else 0
            waker = waker or task_number(future)
        if state.in_timer and info.on != "sleep" and value == 0:
            value = TIMEDOUT
        info.waiting, info.woken = False, value
        event("wake", info.number, other=waker, value=value, line=line,
              on=info.on)

    def call_soon_threadsafe(self, callback, *what, context=None):
        worker = me()
        if worker and worker.job:
            inner, task, job = callback, worker.task, worker.job

            def callback(*what):
                event("call", task, other=job, worker=worker.number)
                inner(*what)
        return super().call_soon_threadsafe(callback, *what, context=context)

    def _write_to_self(self):
        self.lab_woken = True
        if not (options.virtual and me()):
            super()._write_to_self()

    # --- runs

    def lab_begin(self, coro, name=None):
        """A run begins with the first task of a loop that does not run."""
        if record.run is not None and not state.stale:
            return
        self.lab_end()
        state.forget()
        name = name or getattr(coro, "__name__", None) or "run"
        if record.begin(name):
            self.lab_owns = True
            early, record.early = record.early, []
            for text, line in early:
                note(text, line)
            if threading.get_ident() != conductor:
                state.main = next_number("worker")
                event("worker", worker=state.main, text="MainThread")

    def lab_end(self):
        self.lab_owns = False
        if record.run is None:
            return
        close_said()
        if state.pretended:
            event("end", 1)
        tell_unread()
        result = DEADLOCK if state.deadlocked else min(0, state.result)
        record.end(result)
        for info in state.infos:
            info.number = 0  # what is left of it is no part of another run
        for worker in world.alive:
            worker.number = worker.task = worker.job = 0

    def run_until_complete(self, future):
        code = sys._getframe(1).f_code
        inner = is_internal(future) or code.co_name == "_cancel_all_tasks"
        if not inner and isinstance(future, asyncio.Future):
            self.lab_pretend("run")
        elif not inner:
            self.lab_begin(future)
        self.lab_depth += 1
        try:
            return super().run_until_complete(future)
        finally:
            self.lab_depth -= 1
            if not inner:
                state.stale = True

    def run_forever(self):
        if not self.lab_depth:
            self.lab_pretend("forever")
        state.loop_thread = threading.get_ident()
        while True:
            try:
                return super().run_forever()
            except Deadlock:
                break_deadlock(self)

    def lab_pretend(self, name):
        """A task that stands for a run without a root of its own."""
        if record.run is not None and not state.stale:
            return
        self.lab_begin(None, name)
        number = next_number("task")
        event("spawn", number, text=name)
        event("run", number, value=1)
        event("wait", number, on="io", more=',"where":"outside"')
        state.pretended = True

    def close(self):
        if self.lab_owns and not self.is_running():
            self.lab_end()
        super().close()

    # --- turns

    def _run_once(self):
        state.turn_counted = False
        record.flush()
        super()._run_once()

    def _process_events(self, events):
        if len(events) > 1:  # their order is that of descriptors' hashes
            order = {fd: i for i, fd in enumerate(self._selector.get_map())}
            events.sort(key=lambda e: order.get(e[0].fd, 0))
        super()._process_events(events)
        if options.virtual and "time" in self.__dict__:  # the program's own
            world.ns = max(world.ns, round(self.time() * 1e9))
        if conducts():
            world.step()

    async def getaddrinfo(self, host, port, **more):
        if not options.virtual or host not in LOCAL:
            return await super().getaddrinfo(host, port, **more)
        if not host:  # one socket, on every machine
            more["family"] = more.get("family") or socket.AF_INET
        host = "127.0.0.1" if host == "localhost" else host
        return socket.getaddrinfo(host, port, **more)

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is None:
            return
        executor.shutdown(wait=False)
        pool = getattr(executor, "lab_pool", None)
        if pool and pool.busy:  # its jobs may call this loop until they end
            idle = self.create_future()
            pool.when_idle = functools.partial(  # no call of the program's
                super().call_soon_threadsafe, idle.set_result, None)
            await idle
        executor.shutdown(wait=True)

    # --- errors that nobody has read

    def call_exception_handler(self, context):
        number = task_number(context.get("future") or context.get("task"))
        message = context.get("message", "")
        if number and "never retrieved" in message:
            error = context["exception"]
            event("unread", number, value=code_of(error), text=words_of(error))
        elif number and "destroyed but it is pending" in message:
            event("note", number, text="the task was forgotten, and destroyed "
                  "while it waited")
        elif number:
            number = 0
        if not number or self._exception_handler is not None \
                or asyncio.log.logger.hasHandlers():
            super().call_exception_handler(context)


named_as(Loop, asyncio.SelectorEventLoop)

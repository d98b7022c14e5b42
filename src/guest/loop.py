# loop.py - the event loop: asyncio's own, with its turns made here.
#
# A turn polls, lets threads run, makes timers ready, and calls what was ready.
# Deadlines are (ns, seq), so timers of one moment fire in the order in which
# they were set. Under the virtual clock time moves when nothing is ready.

INTERNAL = {"shutdown_asyncgens", "shutdown_default_executor"}


class Timer(asyncio.TimerHandle):
    __slots__ = ("ns", "seq")

    def __lt__(self, other):
        return (self.ns, self.seq) < (other.ns, other.seq)

    def __eq__(self, other):
        return self is other

    __hash__ = asyncio.TimerHandle.__hash__

    def alive(self):
        return self._scheduled and not self._cancelled


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
    while frame is not None and (
            frame.f_code.co_filename.startswith(ASYNCIO)
            or frame.f_code.co_filename == ME):
        frame = frame.f_back
    return frame is None or not is_learners(frame.f_code)


class Loop(asyncio.SelectorEventLoop):
    lab_seq = 0
    lab_depth = 0  # of run_until_complete around run_forever
    lab_deadline = None  # of the wait that is on, in ns
    lab_woken = False  # was call_soon_threadsafe called meanwhile?
    lab_owns = False  # did the run that is open begin here?

    def __init__(self, *what):
        super().__init__(*what)
        self._clock_resolution = 1e-9
        self._selector.lab_loop = self

    # --- time

    def time(self):
        return world.now() / 1e9

    def lab_now(self):
        """In ns; a program may have given the loop a clock of its own."""
        return round(self.time() * 1e9) if "time" in self.__dict__ \
            else world.now()

    def call_at(self, when, callback, *what, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        timer = Timer(when, callback, what, self, context)
        self.lab_seq += 1
        timer.ns, timer.seq = round(when * 1e9), self.lab_seq
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        if what and type(what[0]) is Future:
            what[0].lab_due = timer.ns  # of a sleep, a wait or a wait_for
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
        internal = is_internal(coro)
        if not internal and not self.is_running():
            self.lab_begin(coro)
        if internal or record.run is None:
            return Task(coro, loop=self, **more)
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
            task = factory(self, driven, **more)
        if isinstance(task, Task):
            task.lab = info
            state.tasks.add(task)
        return task

    def lab_join_group(self, info, frame):
        while frame is not None and frame.f_code.co_filename.startswith(
                ASYNCIO):
            if frame.f_code.co_filename.endswith("taskgroups.py"):
                group = frame.f_locals.get("self")
                event("join", info.number, on="group",
                      other=number_of("group", group))
                return
            frame = frame.f_back

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
        self._check_closed()
        task = getattr(callback, "__self__", None)
        if task.__class__ is Task:
            info = task.lab
            if info and info.waiting:
                self.lab_wake(info, what)
        handle = asyncio.Handle(callback, what, self, context)
        self._ready.append(handle)
        return handle

    def lab_wake(self, info, what):
        value, line, waker = 0, 0, state.cause
        if runs_here() and state.running is not info:
            waker, line = state.running.number, line_of(sys._getframe(2))
        future = what[0] if what else None
        if isinstance(future, asyncio.Future) and future.done():
            if future.cancelled():
                value = CANCELED
            else:
                error = asyncio.Task.exception(future) if isinstance(
                    future, asyncio.Task) else asyncio.Future.exception(future)
                value = code_of(error) if error is not None else 0
            waker = waker or task_number(future)
        if state.in_timer and info.on != "sleep" and value == 0:
            value = TIMEDOUT
        info.waiting, info.woken = False, value
        event("wake", info.number, other=waker, value=value, line=line,
              on=info.on)

    def call_soon_threadsafe(self, callback, *what, context=None):
        self._check_closed()
        worker = me()
        if worker and worker.job:
            inner, task, job = callback, worker.task, worker.job

            def callback(*what):
                event("call", task, other=job, worker=worker.number)
                inner(*what)
        handle = asyncio.Handle(callback, what, self, context)
        self._ready.append(handle)
        self.lab_woken = True
        if not (options.virtual and worker):
            self._write_to_self()
        return handle

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
        if not self._ready:
            self.lab_idle()
        elif may_hear(self):
            self.lab_poll(0)
        if options.virtual and threading.get_ident() == conductor:
            world.step()
        self.lab_fire()
        schedule.turn(self, len(self._ready))
        record.flush()

    def lab_call(self, handle):
        if handle._cancelled:
            return
        what = handle._args
        state.cause = task_number(what[0]) if what else 0
        state.in_timer = handle.__class__ is Timer
        state.ticks, begun = 0, world.now()
        handle._run()
        if self._debug and world.now() - begun >= ns_of(
                self.slow_callback_duration):
            asyncio.log.logger.warning(
                "Executing %s took %.3f seconds",
                asyncio.base_events._format_handle(handle),
                (world.now() - begun) / 1e9)
        if is_step(handle):
            # Through our frames an error's traceback leads here, and would
            # keep the task, whose death must tell that nobody has read it.
            what = handle._callback = handle._args = None
        state.cause, state.in_timer = 0, False
        tell_computing(state.ticks)

    def lab_fire(self):
        """Makes the timers ready that are due."""
        now, timers = self.lab_now(), self._scheduled
        while timers and (timers[0]._cancelled or timers[0].ns <= now):
            timer = heapq.heappop(timers)
            timer._scheduled = False
            if timer._cancelled:
                self._timer_cancelled_count -= 1
                continue
            self.lab_tell_due(timer)
            self._ready.append(timer)

    def lab_tell_due(self, timer):
        what = timer._args
        scope = getattr(timer._callback, "__self__", None)
        info = getattr(getattr(scope, "_task", None), "lab", None)
        if info is None and what and isinstance(what[0], asyncio.Future):
            info = waiter_of(what[0])
        if not info or not info.number:
            return
        at = timer.ns - record.begun
        event("timer", info.number, value=at, on=info.on)
        if info.on != "sleep" or scope is not None:
            event("timeout", info.number, value=at, on=info.on)

    async def getaddrinfo(self, host, port, **more):
        if not options.virtual or host not in LOCAL:
            return await super().getaddrinfo(host, port, **more)
        if not host:  # one socket, on every machine
            more["family"] = more.get("family") or socket.AF_INET
        host = "127.0.0.1" if host == "localhost" else host
        return socket.getaddrinfo(host, port, **more)

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=True)

    # --- waiting

    def lab_poll(self, timeout):
        record.flush()
        events = self._selector.select(timeout)
        if len(events) > 1:  # their order is that of descriptors' hashes
            order = {fd: i for i, fd in enumerate(self._selector.get_map())}
            events.sort(key=lambda e: order.get(e[0].fd, 0))
        self._process_events(events)

    def lab_idle(self):
        timers = self._scheduled
        while timers and timers[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(timers)._scheduled = False
        deadline = timers[0].ns if timers else None
        if self._stopping:
            deadline = self.lab_now()
        self.lab_deadline, self.lab_woken = deadline, False
        if options.virtual and me():  # a loop in a thread waits as threads do
            world.hold(me(), lambda: self.lab_woken,
                       None if deadline is None else deadline - world.ns)
        else:
            self.lab_poll(None if deadline is None
                          else max(0, deadline - self.lab_now()) / 1e9)
        if options.virtual:
            world.ns = max(world.ns, self.lab_now())

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

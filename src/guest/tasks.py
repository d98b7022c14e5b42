# tasks.py - a task's steps, its cancels, and who reads its error.


class Driven:
    """A coroutine each of whose steps is written down. The task calls send
    and throw by name; each is a step, and what it returns is the future that
    the task waits for."""

    __slots__ = ("coro", "info", "before", "__weakref__")

    def __init__(self, coro, info):
        self.coro, self.info, self.before = coro, info, None

    def __getattr__(self, name):
        return getattr(self.coro, name)

    def __await__(self):
        return self

    def close(self):
        return self.coro.close()

    def send(self, value):
        return self.step(self.coro.send, (value,))

    def throw(self, *what):
        error = what[1] if len(what) > 1 and what[1] is not None else what[0]
        try:
            return self.step(self.coro.throw, what, error)
        finally:  # the error has this frame in its traceback: no circle
            what = error = None

    def step(self, call, what, error=None):
        info = self.info
        self.before, state.running = state.running, info
        began(info)
        if error is not None:
            told(info, error)
        if info.groups:
            leaves_groups(info)
        try:
            future = call(*what)
        except StopIteration as stop:
            state.running = self.before
            ended(info, self.coro, stop.value)
            raise
        except BaseException as raised:
            state.running = self.before
            failed(info, raised)
            raise
        finally:  # as in throw
            what = error = None
        state.running = self.before
        waits(info, self.coro, future)
        return future


STEP = Driven.step.__code__


def began(info):
    if info.waiting and info.woken is None:  # by a cancel before the step
        event("wake", info.number, value=CANCELED, on=info.on)
    info.waiting, info.woken = False, None
    if not state.turn_counted:
        state.turn += 1
        state.turn_counted = True
    more = ""
    if state.choices:
        more, state.choices = ',"of":%d' % state.choices, 0
    if info.number:
        event("run", info.number, value=state.turn, line=info.line,
              on=info.on, more=more)
        record.flush()  # a crash loses what this step does, and no more


def told(info, error):
    """An error is thrown into the task at its wait."""
    if isinstance(error, asyncio.CancelledError):
        info.asked = False
        if info.number:
            event("deliver", info.number, line=info.line, on=info.on)
        return
    source = raiser(error)
    if source is not None and source is not info and source.number:
        event("read", source.number, other=info.number,
              value=code_of(error), line=info.line)


def raiser(error):
    """The task that an error has ended last. Its step is in the traceback;
    the error itself stays as it is, for the program may print or pickle it."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code is STEP:
            return trace.tb_frame.f_locals["info"]
        trace = trace.tb_next
    return None


def waits(info, coro, future):
    if not info.number:
        return
    wait, info.line = wait_of(coro, future)
    info.on, number, line = wait.on, info.number, info.line
    if future is None:
        event("wait", number, line=line)
        schedule.begun_to_wait(info)
        return
    deadline = getattr(future, "lab_due", 0)
    for timer in info.timers:
        if timer.alive() and (not deadline or timer.ns < deadline):
            deadline = timer.ns
    for other in wait.tasks:
        event("join", number, other=other, line=line)
    event("wait", number, other=wait.other, line=line, need=wait.need,
          on=wait.on, value=deadline - record.begun if deadline else 0,
          more=',"where":"%s"' % wait.where if wait.where else "")
    info.waiting = True
    try:
        future.lab_waiter = info
    except AttributeError:  # a plain asyncio.Future()
        plain_waiters[future] = info
    schedule.begun_to_wait(info)


plain_waiters = weakref.WeakKeyDictionary()


def waiter_of(future):
    return getattr(future, "lab_waiter", None) or plain_waiters.get(future)


def ended(info, coro, value):
    if not info.number:
        return
    code = getattr(coro, "cr_code", None)
    own = code is not None and is_learners(code)
    if inspect.iscoroutine(value):
        event("note", info.number, line=info.line,
              text="%s returned a coroutine, %s, that nobody awaits"
              % (info.name, value.__name__))
        record.noted.add(value.__name__)
    text, number = None, 0
    if info.number != 1 and type(value) is int and 0 <= value < 1 << 31:
        number = value
    elif info.number != 1 or own:
        text = words_of_result(value, info.number == 1)
    event("end", info.number, value=number, text=text)


def failed(info, error):
    if not info.number:
        return
    code = code_of(error)
    text = None
    if code not in (CANCELED, 0):
        text = words_of(error)
        event("raise", info.number, value=code, line=line_of_error(error),
              text=text)
    event("end", info.number, value=code, text=text)
    if info.number == 1:
        state.result = code


# The asyncio function that asks for a cancel, and why it does.
REASONS = {
    "_on_task_done": "a task of its group failed",
    "_abort": "its group failed",
    "__aexit__": "its group is left",
    "_on_timeout": "timed out",
    "wait_for": "timed out",
    "_cancel": "timed out",
    "_cancel_all_tasks": "the run ends",
}


def why_cancelled(frame):
    names = (step.f_code.co_name for step in asyncios(frame))
    return state.reason or next(
        (REASONS[name] for name in names if name in REASONS), None)


def cancel_because(task, reason):
    """Cancels a task for a reason of ours. Up to 3.8 a cancel has no words."""
    state.reason = reason
    task.cancel()
    state.reason = None


def taken_back(info, line):
    """A request to stop is taken back."""
    if info.number and info.requests:
        info.requests -= 1
        event("uncancel", info.number, other=running_number(),
              value=info.requests, line=line)


def leaves_groups(info):
    """Up to 3.12 a group asks its maker to stop also while that waits for its
    end; it then swallows what the maker hears, and never takes it back."""
    for group in info.groups[:]:
        if group._exiting and not group._tasks:
            info.groups.remove(group)
            taken_back(info, info.line)


next_hash = itertools.count(1).__next__


class Hashed:
    """asyncio keeps tasks in sets, and gives sets to the program. Their order
    must not be that of addresses."""

    lab = None  # the Info of the task that this is, or stands for

    def __new__(cls, *what, **more):
        self = super().__new__(cls)
        self.lab_hash = next_hash()
        return self

    def __hash__(self):
        return self.lab_hash


class Future(Hashed, asyncio.Future):
    pass


named_as(Future, asyncio.Future)


class Task(Hashed, asyncio.Task):
    def cancel(self, *what, **more):
        info = self.lab
        if info and info.number and not self.done():
            frame = sys._getframe(1)
            message = what[0] if what else more.get("msg")
            event("cancel", info.number, other=running_number(),
                  line=line_of(frame) if state.running else 0, on=info.on,
                  text=str(message) if message else why_cancelled(frame))
            info.asked = True
            info.requests += 1
            if VERSION < (3, 13) and frame.f_code.co_name == "_on_task_done" \
                    and frame.f_code.co_filename.startswith(ASYNCIO):
                info.groups.append(frame.f_locals["self"])
        return super().cancel(*what, **more)

    if VERSION >= (3, 11):
        def uncancel(self):
            info, frame = self.lab, sys._getframe(1)
            left = super().uncancel()
            if info and not self.done():
                group = frame.f_locals.get("self")
                info.groups = [g for g in info.groups if g is not group]
                taken_back(info, line_of(frame) if state.running else 0)
            return left

    def get_coro(self):
        coro = super().get_coro()
        return coro.coro if isinstance(coro, Driven) else coro

    def lab_read(self, error):
        if error is not None and state.running and self.lab \
                and self.lab.number:
            event("read", self.lab.number, other=running_number(),
                  value=code_of(error), line=line_of(sys._getframe(2)))

    def result(self):
        if self.lab and self.done() and not self.cancelled():
            self.lab_read(super().exception())
        try:
            return super().result()
        finally:  # the task has the error, and the error this frame
            self = None

    def exception(self):
        error = super().exception()
        self.lab_read(error)
        return error


named_as(Task, asyncio.Task)

# sync.py - locks, semaphores, events and queues: who holds, who puts.
#
# asyncio's locks do not know their holders. What they do know is in attributes
# that are set at the right moment: here they are properties that look on.
# Methods would add frames of ours between the program's.


# Functions within as_completed that put and get what is done.
COMPLETIONS = {"_on_completion", "_on_timeout", "_wait_for_one",
               "_handle_completion", "_handle_timeout"}


def watched(cls, name, on_change):
    """Makes attribute [name] call on_change(self, before, after)."""
    slot = "lab_" + name

    def get(self):
        return self.__dict__.get(slot)

    def put(self, value):
        before = self.__dict__.get(slot)
        self.__dict__[slot] = value
        if before is not None and before != value and record.run is not None:
            on_change(self, before, value)
    setattr(cls, name, property(get, put))


def on_lock(lock, before, locked):
    lock.lab_holder = running_number() if locked else 0
    if locked and lock._waiters:
        tell_holder(lock)


def tell_holder(lock):
    """Tasks wait for a lock: says who has it, unless that was said."""
    holder = getattr(lock, "lab_holder", 0)
    told = record.runs, holder
    if holder and getattr(lock, "lab_told", None) != told:
        lock.lab_told = told
        event("hold", holder, other=number_of("lock", lock), on="lock")


def on_semaphore(semaphore, before, value):
    number = number_of("semaphore", semaphore)
    line = line_of(sys._getframe(2))
    if value > before:
        event("release", running_number(), other=number, line=line,
              on="semaphore")
        return
    task = running_number()
    if sys._getframe(2).f_code.co_name == "_wake_up_next":
        for future in semaphore._waiters or ():  # it is given to the first
            if not future.done():
                info = waiter_of(future)
                task = info.number if info else 0
                break
    if task:
        event("hold", task, other=number, line=line, on="semaphore")


def on_flag_set(flag, before, value):
    setter = sys._getframe(3)  # of Event.set
    if value and not setter.f_code.co_filename.startswith(ASYNCIO):
        event("set", running_number(), other=number_of("flag", flag),
              line=line_of(setter), on="flag")


def is_for_completions(frame):
    """as_completed has a queue of its own, of which nobody knows."""
    while frame.f_code.co_filename == ASYNCIO + "queues.py":
        frame = frame.f_back
    return frame.f_code.co_name in COMPLETIONS \
        and frame.f_code.co_filename == ASYNCIO + "tasks.py"


def hook_queue(name, kind):
    """put_nowait and get_nowait are how every item goes in and out."""
    inner = getattr(asyncio.Queue, name)

    def counted(self, *item):
        result = inner(self, *item)
        if is_for_completions(sys._getframe(1)):
            return result
        event(kind, running_number(), other=number_of("queue", self),
              value=self.qsize(), line=line_of(sys._getframe(1)), on=kind)
        return result
    counted.__name__ = name
    setattr(asyncio.Queue, name, counted)


def hook_completed():
    """as_completed and wait make tasks from a set of coroutines, whose order
    is that of addresses; here they are given tasks."""
    completed, wait = asyncio.as_completed, asyncio.wait

    def tasks_of(things):
        if asyncio.isfuture(things) or asyncio.iscoroutine(things):
            return things  # a mistake, of which asyncio tells
        return [asyncio.ensure_future(t) for t in dict.fromkeys(things)]

    def as_completed(fs, **more):
        return completed(tasks_of(fs), **more)

    def as_completed_once(fs, **more):
        fs = tasks_of(fs)
        for coro in completed(fs, **more):
            frame = getattr(coro, "cr_frame", None)
            done = frame.f_locals.get("done") if frame else None
            if done is not None:
                completions[done] = fs
            yield coro

    def wait_for_tasks(fs, **more):
        return wait(tasks_of(fs), **more)
    if VERSION < (3, 13):
        as_completed = as_completed_once
    if VERSION < (3, 11):  # later ones refuse coroutines
        asyncio.wait = asyncio.tasks.wait = wait_for_tasks
    asyncio.as_completed = asyncio.tasks.as_completed = as_completed


def hook_sync():
    watched(asyncio.Lock, "_locked", on_lock)
    watched(asyncio.Semaphore, "_value", on_semaphore)
    watched(asyncio.Event, "_value", on_flag_set)
    hook_queue("put_nowait", "put")
    hook_queue("get_nowait", "get")
    hook_completed()

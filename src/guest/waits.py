# waits.py - what a task waits for, found in the frames of its coroutine.
#
# A coroutine that has stopped is a chain: the task's own, the one it awaits,
# and so on down to a future. The first frame of asyncio's below the last one
# of the program says what the wait is: a row of WAITS. No primitive of
# asyncio is replaced for that.

Wait = collections.namedtuple("Wait", "on other need tasks where")
Wait.__new__.__defaults__ = (0, 0, (), None)

GatheringFuture = asyncio.tasks._GatheringFuture
ASYNC = (types.CoroutineType, types.AsyncGeneratorType, types.GeneratorType)
dead_ends = set()  # types of awaitables that lead to no coroutine


def coroutine_in(awaitable):
    """The coroutine within an asend, an anext and such, which tell nobody."""
    if type(awaitable) in dead_ends:
        return None
    for thing in gc.get_referents(awaitable):
        if isinstance(thing, ASYNC):
            return thing
    dead_ends.add(type(awaitable))
    return None


def chain(thing):
    """The frames from a task's own down to the one that awaits a future."""
    frames = []
    while thing is not None:
        kind, frame = type(thing), None
        if kind is types.CoroutineType:
            frame, thing = thing.cr_frame, thing.cr_await
        elif kind is types.GeneratorType:
            frame, thing = thing.gi_frame, thing.gi_yieldfrom
        elif kind is types.AsyncGeneratorType:
            frame, thing = thing.ag_frame, thing.ag_await
        else:
            thing = coroutine_in(thing)
        if frame is not None:
            frames.append(frame)
    return frames


# --- numbers of tasks


def task_number(thing):
    info = getattr(thing, "lab", None)
    return info.number if info.__class__ is Info else 0


def task_numbers(things):
    numbers = []
    for thing in things:
        if isinstance(thing, GatheringFuture):
            numbers += task_numbers(thing._children)
        elif task_number(thing):
            numbers.append(task_number(thing))
    return sorted(set(numbers))


def all_of(things):
    numbers = task_numbers(things)
    return Wait("tasks", 0, len(numbers), numbers)


# --- the rows: functions of the frame and the future


def on_sleep(frame, future):
    return Wait("sleep")


def on_several(frame, future):
    values = frame.f_locals
    wait = all_of(values.get("fs", ()))
    first = values.get("return_when") == asyncio.FIRST_COMPLETED
    return wait._replace(need=1) if first else wait


def on_wait_for(frame, future):
    if VERSION >= (3, 12):
        return None  # it awaits in a timeout; what is below tells more
    inner = frame.f_locals.get("fut")
    return on_future(inner if isinstance(inner, asyncio.Future) else future)


def on_completed(frame, future):
    values = frame.f_locals
    todo = getattr(values.get("self"), "_todo", None)  # 3.13 and later
    if todo is None:
        todo = completions.get(values.get("done"), ())
    wait = all_of(t for t in todo if not t.done())
    return wait._replace(need=1 if wait.tasks else 0)


def on_acquire(frame, future):
    lock = frame.f_locals.get("self")
    if not isinstance(lock, asyncio.Lock):
        return Wait("semaphore", number_of("semaphore", lock))
    tell_holder(lock)
    return Wait("lock", number_of("lock", lock))


def on_flag(frame, future):
    thing = frame.f_locals.get("self")
    kinds = {"Condition": "condition", "Barrier": "barrier"}
    kind = kinds.get(type(thing).__name__, "flag")
    return Wait(kind, number_of(kind, thing))


def on_numbered(kind, things):
    """A wait on the object whose method the frame is."""
    return lambda frame, future: Wait(
        kind, number_of(things, frame.f_locals.get("self")))


def on_stream(kind):
    def of(frame, future):
        reader = frame.f_locals.get("self")
        if kind == "write":  # a protocol, whose reader is the stream's name
            reader = getattr(reader, "_stream_reader", None) or reader
        transport = getattr(reader, "_transport", None)
        return Wait(kind, number_of("stream", reader),
                    where=where_of(transport))
    return of


def on_connect(frame, future):
    return Wait("connect", where=where_of(future))


def on_listener(frame, future):
    server = frame.f_locals.get("self")
    return Wait("accept", number_of("listener", server),
                where=where_of(server))


def on_descriptor(frame, future):
    return Wait("io", where="outside")


def where_of(thing):
    """Does a transport's or a server's traffic stay in the program?"""
    sockets = getattr(thing, "_sockets", None)
    sock = sockets[0] if sockets else getattr(thing, "_sock", None)
    return "inside" if sock in near else "outside"


WAITS = {
    ("tasks", "sleep"): on_sleep,
    ("tasks", "_wait"): on_several,
    ("tasks", "wait_for"): on_wait_for,
    ("tasks", "_wait_for_one"): on_completed,
    ("locks", "acquire"): on_acquire,
    ("locks", "wait"): on_flag,
    ("locks", "_block"): on_numbered("barrier", "barrier"),
    ("queues", "get"): on_numbered("get", "queue"),
    ("queues", "put"): on_numbered("put", "queue"),
    ("queues", "join"): on_numbered("join", "queue"),
    ("taskgroups", "__aexit__"): on_numbered("group", "group"),
    ("streams", "_wait_for_data"): on_stream("read"),
    ("streams", "_drain_helper"): on_stream("write"),
    ("streams", "open_connection"): on_connect,
    ("base_events", "create_connection"): on_connect,
    ("base_events", "serve_forever"): on_listener,
    ("selector_events", "sock_recv"): on_descriptor,
    ("selector_events", "sock_accept"): on_descriptor,
    ("subprocess", "wait"): on_descriptor,
    ("subprocess", "communicate"): on_descriptor,
}
rows = {}  # code: its row, or None
completions = weakref.WeakKeyDictionary()  # see sync.py


def row_of(code):
    name = code.co_filename
    row = None
    if name.startswith(ASYNCIO):
        row = WAITS.get((name[len(ASYNCIO):-3], code.co_name))
    rows[code] = row
    return row


def on_future(future):
    if isinstance(future, GatheringFuture):
        wait = all_of(future._children)
        if wait.tasks:
            return wait
    if task_number(future):
        return Wait("task", task_number(future))
    if getattr(future, "lab_job", 0):
        return Wait("job", future.lab_job)
    inner = getattr(future, "lab_inner", None)  # what a shield guards
    inner = inner and inner()
    if inner is not None:
        return on_future(inner)
    return Wait("future", number_of("future", future))


def wait_of(coro, future):
    """What a coroutine that has stopped waits for, and at which line."""
    line, last, frames = 0, 0, chain(coro)
    for i, frame in enumerate(frames):
        place = files[frame.f_code.co_filename]
        if place is not None:
            line, last = place + frame.f_lineno, i
    if future is None:
        return Wait(None), line
    for frame in frames[last:]:
        code = frame.f_code
        row = rows[code] if code in rows else row_of(code)
        wait = row and row(frame, future)
        if wait:
            return wait, line
    return on_future(future), line

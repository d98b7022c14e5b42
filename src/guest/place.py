# place.py - who runs, at which line, and the numbers of things in a run.


class Info:
    """What is known of a task, but not the task: it must be free to die,
    or its unread error would never be told."""

    __slots__ = ("number", "name", "on", "line", "waiting", "woken",
                 "asked", "requests", "groups", "timers", "__weakref__")

    def __init__(self, number, name):
        self.number = number  # 0 once its run is over
        self.name = name
        self.on = None  # what its wait is on
        self.line = 0  # where it waits
        self.waiting = False
        self.asked = False  # to stop, and has not heard yet
        self.requests = 0  # to stop, that nobody has taken back
        self.groups = []  # whose requests these are; see leaves_groups
        self.woken = None  # the result of the wait that is over
        self.timers = []  # of the timeouts around it


class State:
    """What is so in the run that is open."""

    def __init__(self):
        self.loop_thread = None
        self.running = None  # the Info of the task that makes a step
        self.cause = 0  # the task whose end the loop tells a callback
        self.reason = None  # why the recorder itself cancels
        self.in_timer = False  # does a timer end a wait just now?
        self.ticks = self.ticked = self.tick_line = 0  # see hours.py
        self.forks = None  # see forks.py
        self.forget()

    def forget(self):
        """A new run begins: its numbers begin at 1 again."""
        self.turn, self.turn_counted = 0, False
        self.choices = 0  # how many steps the next one was chosen from
        self.result = 0  # of the run's root
        self.stale = False  # has the root ended and the loop stopped?
        self.deadlocked = False
        self.main = 0  # the main thread as a worker, if the loop has another
        self.pretended = False  # does task 1 stand for the run?
        self.counts = collections.Counter()
        self.numbers = weakref.WeakKeyDictionary()
        self.tasks = weakref.WeakSet()
        self.infos = weakref.WeakSet()


state = State()


def next_number(kind):
    state.counts[kind] += 1
    return state.counts[kind]


def number_of(kind, thing):
    """The number of a lock, a queue and the like; 0 if it cannot have one."""
    try:
        number = state.numbers.get(thing)
        if number is None:
            number = state.numbers[thing] = next_number(kind)
        return number
    except TypeError:
        return 0


# A place is a line and, above its bits, a file: in C a location
# (src/record/location.h).
LINE_BITS = 24
LINE_MOST = (1 << LINE_BITS) - 1


class Files(dict):
    """Which files are the program's: by the file that code is from, the place
    of its line 0. None if it is not the program's own, or a module's beside
    it; a Python may be installed below the folder of the program."""

    paths = []  # of the modules, as they come

    def __missing__(self, path):
        place, folder = None, options.folder
        if path in (options.script,
                    folder + os.path.basename(options.script)):
            place = 0
        elif path.startswith(folder) and not path.startswith(LIBRARY) \
                and "-packages" not in path and len(self.paths) < 64:
            self.paths.append(path)
            place = len(self.paths) << LINE_BITS
        self[path] = place
        return place


files = Files()


def members_of(place, with_code):
    """The members of an event that say in which other file it is."""
    import linecache
    out = ',"file":' + clean(file_name(place))
    if with_code:
        path = files.paths[(place >> LINE_BITS) - 1]
        text = "".join(linecache.getlines(path))
        out += ',"code":' + clean(text[:1 << 18])
    return out


def file_name(place):
    """The name of the file, from the folder of the program on; None if it is
    the program's own."""
    number = place >> LINE_BITS
    return files.paths[number - 1][len(options.folder):] if number else None


def place_words(place):
    """line 12; helper.py line 12"""
    name = file_name(place)
    return "%sline %d" % (name + " " if name else "", place & LINE_MOST)


def place_path(place):
    """my.py:12; helper.py:12"""
    return "%s:%d" % (file_name(place) or options.shown, place & LINE_MOST)


def line_of(frame):
    """The place in the program nearest to [frame]; 0 if the loop makes the
    call by itself."""
    while frame is not None:
        code = frame.f_code
        place = files[code.co_filename]
        if place is not None:
            return place + frame.f_lineno
        if code.co_name == "_run_once" and code.co_filename == ME:
            return 0
        frame = frame.f_back
    return 0


def asyncios(frame):
    """The frames from [frame] up to the first that is not asyncio's or ours."""
    while frame is not None and (
            frame.f_code.co_filename.startswith(ASYNCIO)
            or frame.f_code.co_filename == ME):
        yield frame
        frame = frame.f_back


def beyond_asyncio(frame):
    for step in asyncios(frame):
        frame = step.f_back
    return frame


def is_learners(code):
    """Is this code of the program, or of a module beside it?"""
    return files[code.co_filename] is not None


def runs_here():
    """Is a task making a step on this thread?"""
    return state.running is not None \
        and threading.get_ident() == state.loop_thread


def running_number():
    return state.running.number if state.running is not None else 0


def caller():
    """The task and the worker that call us: (task, 0), (task, worker) in a
    job of that task, or (0, 0) for the loop."""
    if runs_here():
        return state.running.number, 0
    worker = me()
    if worker:
        return worker.task, worker.number
    return 0, state.main if threading.get_ident() == conductor else 0


def call_name(function, first):
    """fetch(3): a first argument that is short tells calls apart. Long words
    do not fit; greater numbers may be ports, which differ between runs."""
    if isinstance(first, str) and len(first) <= 16 and first.isprintable() \
            or isinstance(first, (int, float)) and abs(first) < 10000:
        return "%s(%s)" % (function, first)
    return function


def coroutine_name(coro, name, with_argument):
    if name is not None:
        return str(name)
    inner = coro if hasattr(coro, "__name__") else coroutine_in(coro)
    function = getattr(inner, "__name__", type(coro).__name__)
    frame = getattr(coro, "cr_frame", None)
    if frame is None or not with_argument:
        return function
    code = frame.f_code
    arguments = [n for n in code.co_varnames[:code.co_argcount]
                 if n not in ("self", "cls")]
    if not arguments:
        return function
    first = frame.f_locals.get(arguments[0])
    if VERSION < (3, 13):
        frame.f_locals.clear()  # a copy, which keeps what it names alive
    return call_name(function, first)


def job_name(function, arguments):
    while isinstance(function, functools.partial):
        inner, more = function.func, function.args
        if getattr(inner, "__name__", "") == "run" and more:
            inner, more = more[0], more[1:]  # of to_thread: context.run
        function, arguments = inner, more + tuple(arguments)
    name = getattr(function, "__name__", type(function).__name__)
    return call_name(name, arguments[0] if arguments else None)

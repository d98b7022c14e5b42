# imports.py - modules that the program imports, and must not find as they are.

LOOPS = {"trio", "curio"}  # whose loops are not asyncio's


class Finder:
    """Asked for each module that is not imported yet."""

    def find_spec(self, name, path=None, target=None):
        if name in LOOPS:
            line = line_of(sys._getframe(1))
            if line and record.runs == 0:
                record.refuse("%s: it uses %s, whose loop is not "
                              "asyncio's; looplab can record asyncio only"
                              % (place_path(line), name))
        change = CHANGES.pop(name, None)
        if change is None:
            return None
        import importlib.util
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            change(module)
        spec.loader.exec_module = exec_module
        return spec


def same_numbers(module):
    """The random numbers are the same every time."""
    module.seed(1)


def real_time(module):
    """Its waits for other processes are real, and would never be over where
    time stands still."""
    module.time = types.SimpleNamespace(
        monotonic=lambda: real.monotonic_ns() / 1e9, sleep=real.sleep,
        time=lambda: real.monotonic_ns() / 1e9)


# What changes a module when it is imported.
CHANGES = {
    "multiprocessing.connection": real_time,
    "multiprocessing.process": noted_processes,
    "multiprocessing.queues": real_time,
    "multiprocessing.synchronize": real_time,
    "datetime": virtual_datetime,
    "random": same_numbers,
}


def in_place_of(name, function=lambda *what: None):
    """Stands for what would make another loop, and says so."""
    def stand_in(*what, **more):
        note("asyncio's own loop runs in place of %s" % name,
             line_of(sys._getframe(1)), once="uvloop")
        return function(*what, **more)
    return stand_in


def stub_uvloop():
    """Whether or not it is there."""
    stub = sys.modules["uvloop"] = types.ModuleType("uvloop")
    stub.install = in_place_of("uvloop")
    stub.run = in_place_of("uvloop", asyncio.run)
    stub.new_event_loop = in_place_of("uvloop", lambda: Loop())
    stub.Loop, stub.EventLoopPolicy = Loop, type("uvloop", (), {})


def hook_policies():
    """3.14 warns of policies, and 3.16 has none."""
    events = asyncio.events
    get = getattr(events, "_get_event_loop_policy", None) or \
        getattr(events, "get_event_loop_policy", None)
    put = getattr(events, "set_event_loop_policy", None)
    if get is None or put is None:
        return
    policy = type(get())
    policy._loop_factory = Loop

    def new_event_loop():  # a policy of the program may have its own
        loop = get().new_event_loop()
        if isinstance(loop, Loop):
            return loop
        loop.close()
        in_place_of(type(loop).__name__)()
        return Loop()
    asyncio.new_event_loop = events.new_event_loop = new_event_loop

    def set_policy(new):
        if new is None or isinstance(new, policy):
            put(new)
        else:
            in_place_of(type(new).__name__)()
    asyncio.set_event_loop_policy = events.set_event_loop_policy = set_policy


def hook_loops():
    asyncio.new_event_loop = asyncio.events.new_event_loop = lambda: Loop()
    asyncio.SelectorEventLoop = Loop
    if hasattr(asyncio, "EventLoop"):  # since 3.13
        asyncio.EventLoop = Loop
    asyncio.Task = asyncio.tasks.Task = Task
    if options.virtual:
        selectors.DefaultSelector = Selector
    else:
        CHANGES.clear()
    hook_policies()
    stub_uvloop()
    sys.meta_path.insert(0, Finder())
    for name in CHANGES.keys() & sys.modules.keys():
        CHANGES.pop(name)(sys.modules[name])

# imports.py - modules that the program imports, and must not find as they are.

LOOPS = {"trio", "curio"}  # whose loops are not asyncio's


class Finder:
    """Asked for each module that is not imported yet."""

    def find_spec(self, name, path=None, target=None):
        if name in LOOPS:
            line = line_of(sys._getframe(1))
            if line and record.runs == 0:
                record.refuse("%s:%d: it uses %s, whose loop is not "
                              "asyncio's; looplab can record asyncio only"
                              % (options.shown, line, name))
        changes = CHANGES.get(name) if options.virtual else None
        if changes is None:
            return None
        del CHANGES[name]
        import importlib.util
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = Changed(spec.loader, changes)
        return spec


class Changed:
    """A loader after which a module is changed."""

    def __init__(self, loader, change):
        self.loader, self.change = loader, change

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        self.change(module)

    def __getattr__(self, name):
        return getattr(self.loader, name)


CHANGES = {
    "datetime": virtual_datetime,
    "random": lambda module: module.seed(1),
}


def stub_uvloop():
    """asyncio's own loop runs in its place, whether or not it is there."""
    def told(*what):
        note("asyncio's own loop runs in place of uvloop",
             line_of(sys._getframe(1)), once="uvloop")

    def run(main, **more):
        told()
        return asyncio.run(main, **more)

    def new_event_loop():
        told()
        return Loop()
    stub = types.ModuleType("uvloop")
    stub.install, stub.run, stub.new_event_loop = told, run, new_event_loop
    stub.Loop, stub.EventLoopPolicy = Loop, UvloopPolicy
    sys.modules["uvloop"] = stub


class UvloopPolicy:
    pass


def hook_loops():
    # 3.14 warns of policies, and 3.16 has none.
    events, policy = asyncio.events, None
    get = getattr(events, "_get_event_loop_policy", None) or \
        getattr(events, "get_event_loop_policy", None)
    if get is not None:
        policy = type(get())
        policy._loop_factory = Loop
    asyncio.new_event_loop = events.new_event_loop = lambda: Loop()
    asyncio.SelectorEventLoop = Loop
    if options.virtual:
        selectors.DefaultSelector = Selector
    asyncio.Task = asyncio.tasks.Task = Task
    if hasattr(asyncio, "EventLoop"):
        asyncio.EventLoop = Loop
    put = getattr(events, "set_event_loop_policy", None)

    def set_policy(new):
        if new is None or policy and isinstance(new, policy):
            return put(new)
        name = "uvloop" if isinstance(new, UvloopPolicy) else \
            type(new).__name__
        note("asyncio's own loop runs in place of %s" % name,
             line_of(sys._getframe(1)), once="uvloop")
    if put is not None:
        asyncio.set_event_loop_policy = set_policy
        events.set_event_loop_policy = set_policy
    stub_uvloop()
    sys.meta_path.insert(0, Finder())
    for name in list(CHANGES):
        if name in sys.modules and options.virtual:
            CHANGES.pop(name)(sys.modules[name])

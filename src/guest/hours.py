# hours.py - time as it is told to the program, and what holds a thread.

EPOCH = 1704110400  # time.time() when the virtual clock begins
CORES = 4  # of the virtual machine: its default pool has CORES + 4 workers
TICK = 0.02  # seconds of computing between two looks at the line
MUCH = 5  # ticks in one step are worth a note


def sleep(seconds):
    """time.sleep, which holds the thread that calls it."""
    if not isinstance(seconds, float) and not hasattr(seconds, "__index__"):
        real.sleep(seconds)  # which says that "1" is no number
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    ns = ns_of(seconds)
    with blocking(sys._getframe(1), ns):
        if not options.virtual:
            real.sleep(seconds)
        elif me():
            world.sleep(me(), ns)
        elif conducts():
            world.advance(world.ns + ns)
        else:
            real.sleep(seconds)


def hook_clock():
    time.time = lambda: EPOCH + world.now() / 1e9
    time.time_ns = lambda: EPOCH * 10**9 + world.now()
    time.monotonic = time.perf_counter = lambda: world.now() / 1e9
    time.monotonic_ns = time.perf_counter_ns = lambda: world.now()
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name in ("localtime", "gmtime", "ctime"):
        old = getattr(time, name)
        setattr(time, name, lambda secs=None, old=old:
                old(time.time() if secs is None else secs))
    strftime = time.strftime
    time.strftime = lambda form, when=None: strftime(
        form, time.localtime() if when is None else when)
    os.cpu_count = lambda: CORES
    if hasattr(os, "process_cpu_count"):
        os.process_cpu_count = lambda: CORES


def virtual_datetime(module):
    """datetime.now() as the virtual clock has it."""
    class Datetime(module.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), module.timezone.utc) \
                .replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.now()

        def __repr__(self):
            return "datetime." + super().__repr__()
    named_as(Datetime, module.datetime)
    module.datetime = Datetime


# --- computing, which takes no virtual time


def holder_line(frame):
    """Where the thread is that has the baton; [frame] is the main thread's."""
    worker = world.current
    if worker is not None:
        frame = sys._current_frames().get(worker.ident, frame)
    return line_of(frame)


def on_tick(number, frame):
    """Of the ticks within one call of C, sum(range(n)), Python hears but one,
    when the call is over: the processor's time counts the others."""
    now = real.process_time()
    state.ticks += max(1, round((now - state.ticked) / TICK))
    state.ticked = now
    state.tick_line = holder_line(frame)


def tell_computing(ticks, of=None):
    if ticks >= MUCH and record.run is not None:
        line = state.tick_line
        note("computed %.1f s, which the virtual clock does not count"
             % (ticks * TICK), line, once=("computed", line), of=of)


def on_ask(number, frame):
    """The parent has not heard from us for long: says what is going on."""
    seconds = (real.monotonic_ns() - record.flushed) / 1e9
    line = holder_line(frame)
    note("has computed for %.0f s, and goes on" % seconds, line,
         of=world.current)


def on_interrupt(number, frame):
    """Ctrl-C. The main thread cannot be interrupted while a worker has the
    baton, or the worker could not give it back."""
    if tries:
        tries.on_interrupt()
    if world.current is not None:
        world.interrupted = True
    else:
        raise KeyboardInterrupt


def hook_signals():
    # A child of a background job inherits "ignored". asyncio.run has a
    # handler of its own where it finds the default one.
    signal.default_int_handler = on_interrupt
    signal.signal(signal.SIGINT, on_interrupt)
    signal.signal(signal.SIGUSR1, on_ask)
    signal.siginterrupt(signal.SIGUSR1, False)
    if options.virtual:
        state.ticked = real.process_time()
        signal.signal(signal.SIGPROF, on_tick)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)

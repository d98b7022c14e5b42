# main.py - options, the program, and how it ends.
#
#     --clock=virtual|real  --schedule=fifo|seed:N|0,2,1  --for=NS  --events=N
#     --set=NAME=VALUE      a parameter's value; see values.py
#     --serve=PORT          plays web sites; see practice.py
#     --out=FILE            the record goes there, not to descriptor 4
#     --tries=NS            the program again and again; see tries.py
#
# Status: the program's own; 1 after an uncaught error, 130 after Ctrl-C;
# 2: it was not run; 3: a deadlock; 4: a limit.


# What each sets, and how its value is read.
OPTIONS = {
    "clock": ("virtual", {"virtual": True, "real": False}.__getitem__),
    "schedule": ("schedule", str),
    "for": ("limit", int),
    "events": ("events", int),
    "set": ("sets", lambda word: options.sets + [word]),
    "serve": ("practice", int),
    "tries": ("tries", int),
    "out": ("out", lambda name: os.open(
        name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)),
}


def read_options(words):
    """Takes the options out of [words], up to the program's name."""
    while words and words[0].startswith("--"):
        key, _, value = words.pop(0)[2:].partition("=")
        try:
            name, read = OPTIONS[key]
            setattr(options, name, read(value))
        except (KeyError, ValueError):
            refuse("the recorder has no option --%s=%s" % (key, value))
    if not words:
        refuse("the recorder was given no program")
    record.out = out_of_reach(options.out)
    options.shown = words[0]
    options.script = words[0]
    options.folder = os.path.dirname(os.path.abspath(words[0])) + os.sep


def read_program():
    """The program and its code, or a sentence."""
    shown = options.shown
    try:
        with open(shown, "rb") as file:
            program = Program(file.read())
        return program, program.code(options.sets)
    except OSError as error:
        record.refuse("%s: %s" % (shown, error.strerror))
    except SyntaxError as error:
        record.refuse("%s:%s: %s" % (shown, error.lineno or 1, error.msg))
    except ValueError as error:  # null bytes
        record.refuse("%s: %s" % (shown, error))


def head(program):
    """The first line of the record."""
    name = os.path.basename(options.shown)
    plan = options.schedule if options.schedule != "fifo" else None
    return ('{"looplab":"record","version":1,"demo":%s,"number":0,'
            '"asks":null,"source":%s,"mark":null,"gap_text":null,'
            '"clock":"%s","schedule":%s,"language":"python %d.%d","code":%s,'
            '"params":[%s]}' % (
                clean(os.path.splitext(name)[0]), clean(name),
                "virtual" if options.virtual else "real",
                clean(plan) if plan else "null", VERSION[0], VERSION[1],
                clean(program.text.decode("utf-8", "replace")),
                program.params()))


def leave(status):
    """Ends the process. Its threads are not waited for any more."""
    if tries:
        tries.end(status)
    record.flush()
    for stream in real.stdout, real.stderr:
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(status)


def start_program(text, words):
    """The names of the module that the program is."""
    import linecache  # tracebacks show its lines wherever it changes folder
    lines = text.decode("utf-8", "replace").splitlines(True)
    linecache.cache[options.script] = len(text), None, lines, options.script
    sys.argv = words
    sys.path[0] = os.path.dirname(os.path.abspath(options.shown))
    module = types.ModuleType("__main__")
    module.__file__ = os.path.abspath(options.shown)
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    return module.__dict__


def run_program(code, names):
    """Runs the program. Returns its status."""
    try:
        exec(code, names)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xff
        print_error("%s\n" % (end.code,))
        return 1
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        if state.deadlocked:
            return 3
        if isinstance(error, ModuleNotFoundError) and record.runs == 0 \
                and error.name:
            record.refuse("%s: no module named %s is installed" % (
                place_path(line_of_error(error)), error.name))
        close_run()
        (tries.on_error if tries else show_error)(error)
        return 1
    return 3 if state.deadlocked else 0


def close_run():
    for loop in [o for o in gc.get_objects() if type(o) is Loop] \
            if record.run is not None else ():
        if loop.lab_owns:
            loop.lab_end()


def hook_all():
    global world
    if options.virtual:
        world = VirtualWorld()
        hook_clock()
        hook_outside()
    if options.practice:
        hook_practice()
    time.sleep = sleep
    hide_recorder()
    hook_loops()
    hook_pools()
    hook_threads()
    hook_sync()
    hook_output()
    hook_signals()


def run_to_end(code, names):
    """Runs the program, and ends the process."""
    hook_forks()
    status = run_program(code, names)
    close_run()
    try:
        finish_threads()
        import atexit
        atexit._run_exitfuncs()
        forget_program(names)
    except KeyboardInterrupt:
        status = 130
    if record.runs == 0 and status == 0:
        record.refuse("%s never ran an event loop" % options.shown + (
            ": the coroutine %s was made and never awaited (%s); "
            "asyncio.run(%s()) runs it" % (record.never + record.never[:1])
            if record.never else ""))
    leave(status)


def main(words):
    global schedule, tries
    read_options(words)
    schedule = Schedule(options.schedule)
    program, code = read_program()
    record.head = head(program)
    if options.tries:
        tries = Tries(options.tries)
    hook_all()
    names = start_program(program.text, words)
    if tries:
        code = tries.serve(program)
    run_to_end(code, names)


main(sys.argv[1:])

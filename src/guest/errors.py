# errors.py - errors as looplab's numbers, and in words.


def code_of(error):
    if isinstance(error, (asyncio.CancelledError, KeyboardInterrupt)):
        return CANCELED
    if isinstance(error, SystemExit) and not error.code:
        return 0  # sys.exit() is no error
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return TIMEDOUT
    if isinstance(error, OSError) and (error.errno or 0) > 0:
        return -error.errno
    return RAISED


def words_of(error):
    """ValueError: no such page"""
    lines = traceback.format_exception_only(type(error), error)
    return lines[-1].strip()


PLAIN = bool, bytes, float, int, str, type(None)


def words_of_result(value, of_run):
    """A result in at most 80 bytes; None if it has no words. Of a task, what
    is not plain has the name of its type: its words may be long, or others
    in each run."""
    if not of_run and type(value) not in PLAIN:
        name = type(value).__name__
        return ("an " if name[0] in "aeiouAEIOU" else "a ") + name
    try:
        return repr(value).encode("utf-8", "replace")[:80].decode(
            "utf-8", "ignore")
    except Exception:
        return None


def line_of_error(error):
    """The last line of the program that the error came through."""
    line, step = 0, error.__traceback__
    while step is not None:
        place = files[step.tb_frame.f_code.co_filename]
        if place is not None:
            line = place + step.tb_lineno
        step = step.tb_next
    return line


def hide_recorder():
    """Takes the recorder's own frames out of all tracebacks: a program
    prints what it would print without the recorder."""
    def hiding(walk, frame_of):
        def hidden(trace):
            return (step for step in walk(trace)
                    if frame_of(step).f_code.co_filename != ME)
        return hidden
    traceback.walk_tb = hiding(traceback.walk_tb, lambda s: s[0])
    if hasattr(traceback, "_walk_tb_with_full_positions"):
        traceback._walk_tb_with_full_positions = hiding(
            traceback._walk_tb_with_full_positions, lambda s: s[0])
    traceback.walk_stack = walk_program
    print_really = threading.excepthook

    def excepthook(args):
        leave_out_recorder(args.exc_traceback)
        print_really(args)
    threading.excepthook = excepthook


def walk_program(frame):
    """traceback.walk_stack, up to the program's own first frame."""
    return frames_of_program(frame or sys._getframe(1))


def frames_of_program(frame):
    while frame is not None and frame.f_code is not run_program.__code__:
        if frame.f_code.co_filename != ME:
            yield frame, frame.f_lineno
        frame = frame.f_back


def leave_out_recorder(trace):
    """For what walks a traceback by itself, as C does."""
    while trace is not None:
        inner = trace.tb_next
        while inner and inner.tb_frame.f_code.co_filename == ME:
            inner = inner.tb_next
        trace.tb_next = inner
        trace = inner


def show_error(error):
    """An uncaught error as Python shows it, with the learner's frames only."""
    if sys.excepthook is not sys.__excepthook__:  # it is the program's own
        trace = error.__traceback__
        leave_out_recorder(trace)
        sys.excepthook(type(error), error, trace.tb_next)
        return
    shown = traceback.TracebackException(type(error), error,
                                         error.__traceback__)

    def keep_own(part):
        if part is None:
            return
        own = [f for f in part.stack if f.filename != ME
               and not f.filename.startswith(ASYNCIO)]
        part.stack[:] = own or part.stack
        keep_own(part.__cause__)
        keep_own(part.__context__)
        for inner in getattr(part, "exceptions", None) or ():
            keep_own(inner)
    keep_own(shown)
    print_error("".join(shown.format()))

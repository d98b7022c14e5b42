# ends.py - how a run ends: errors nobody has read, deadlocks, limits.


def tell_unread():
    """The errors of the run's tasks that nobody has read until its end."""
    for task in sorted((t for t in state.tasks if t.done()
                        and not t.cancelled() and t.lab.number > 1),
                       key=lambda t: t.lab.number):
        if getattr(task, "_log_traceback", False):
            error = task._exception  # as if nobody had asked
            event("unread", task.lab.number, value=code_of(error),
                  text=words_of(error))
            if task.get_loop()._exception_handler is None:
                task._log_traceback = False  # it is told


def forget_program(names):
    """Python does so when it ends: tasks that die then tell of it."""
    if any(not task.done() or task._log_traceback for task in state.tasks):
        gc.collect()
        for name in sorted(names, key=lambda name: name[0] != "_"):
            if name != "__builtins__":
                names[name] = None
        gc.collect()


def break_deadlock(loop):
    """Cancels every task, so that their clean-up is seen."""
    if state.deadlocked:  # they wait again
        loop.lab_end()
        leave(3)
    state.deadlocked = True
    if any(sock.fileno() >= 0 for sock in listeners.values()):
        note("under the virtual clock nobody outside the program can connect "
             "to it; --clock=real")
    event("deadlock")
    tasks = sorted(asyncio.all_tasks(loop), key=hash)
    for task in tasks:
        if not (getattr(task, "lab", None) and task.lab.asked):
            cancel_because(task, "deadlock")
    if not tasks:
        loop.lab_end()
        leave(3)


def end_stuck():
    """The main thread waits, in a call that holds it, for what nobody can
    bring: without us it would wait for ever, and no task could clean up."""
    if record.run is None or state.deadlocked or has_strangers():
        return
    state.deadlocked = True
    event("deadlock")
    close_run()
    leave(3)


def hours_of(ns):
    return "%g h" % (ns / 3600e9) if ns >= 3600 * 10**9 else \
        "%g s" % (ns / 1e9)


def stop_endless(why, code):
    """The program may go on for ever."""
    options.events = options.limit = 1 << 62  # for what is still to be told
    note("stopped, as %s; what it did until now is recorded" % why)
    record.end(code)
    leave(4)

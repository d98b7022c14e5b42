# orders.py - every order of a small program: --orders=MOST.
#
# The record of each comes after the other, and the first line of each has the
# schedule that gives it. They are tried depth first: the last choice that has
# an alternative left is changed, and what followed it is forgotten. Each is a
# fork of this process, which has asyncio and the program's code already.
# Status: 0 if these are all, 4 if there are more.

DEEPEST = 100  # no choice after so many is varied


def next_script(made):
    """The script of the next order; None after the last one."""
    made = made[:DEEPEST]
    while made and made[-1][0] + 1 >= made[-1][1]:
        made.pop()
    return made and [c for c, _ in made[:-1]] + [made[-1][0] + 1]


def try_order(script, run):
    """Runs the program in this order. Returns the choices that were made, each
    with the number of those it was one of."""
    out, report = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        schedule.script, schedule.is_fifo = script, False
        schedule.report = report
        options.schedule = ",".join(map(str, script)) or "0"
        run()
    os.close(report)
    with open(out) as lines:
        made = [tuple(map(int, line.split())) for line in lines]
    _, status = os.waitpid(pid, 0)
    if status in (2 << 8, signal.SIGINT):  # it is refused
        os._exit(2)
    return made


def try_orders(most, run):
    gc.freeze()  # or each fork would copy what the collector looks at
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # the fork answers
    signal.signal(signal.SIGINT, lambda *what: os._exit(130))
    script = []
    for _ in range(most):
        script = next_script(try_order(script, run))
        if not script:
            os._exit(0)
    os._exit(4)

# forks.py - processes that the program forks: they record nothing, and there
# are not too many.

FORKS = 300


def hook_forks():
    """A program that forks for ever takes the whole machine. So each of its
    processes takes a byte out of a pipe that they share, where no more come."""
    import fcntl
    out, into = os.pipe()
    os.write(into, b"." * FORKS)
    os.close(into)
    # Far from the descriptors that the program itself gets.
    state.forks = fcntl.fcntl(out, fcntl.F_DUPFD_CLOEXEC, 200)
    os.close(out)
    os.register_at_fork(after_in_child=in_child)


def count_fork():
    try:
        if os.read(state.forks, 1):
            return
    except OSError:  # the program has closed it
        return
    # Another may have written half a line.
    os.write(2, b"\nlooplab: it forked more than %d processes\n" % FORKS)
    os.killpg(0, signal.SIGKILL)


def in_child():
    """A process that the program forks records nothing."""
    count_fork()
    if record.out is None:
        return  # so did its parent
    record.run = None
    record.lines, record.runs = [], RUNS
    record.noted.add("runs")
    os.close(record.out)
    record.out = None
    sys.stdout, sys.stderr = real.stdout, real.stderr
    signal.setitimer(signal.ITIMER_PROF, 0)

# forks.py - processes that the program forks: they record nothing, and there
# are not too many.

FORKS = 300


def hook_forks():
    """A program that forks for ever takes the whole machine. So each of its
    processes takes a byte out of a pipe that they share, where no more come."""
    os.register_at_fork(before=make_room, after_in_child=in_child)


def make_room():
    if state.forks is not None:
        return
    try:
        out, into = os.pipe()
        os.write(into, b"." * FORKS)
        os.close(into)
        state.forks = out_of_reach(out)
    except OSError:
        state.forks = -1  # there are no descriptors left


def count_fork():
    try:
        if not os.read(state.forks, 1):
            end_forks()
    except OSError:
        pass  # the program has closed it


def count_children():
    """Of those that are other programs, only as many may run at a time."""
    running = subprocess._active or ()  # nobody knows these any more
    if sum(c.returncode is None for c in children) + len(running) > FORKS:
        end_forks()


def end_forks():
    # Another may have written half a line.
    os.write(2, b"\nlooplab: it forked more than %d processes\n" % FORKS)
    os.killpg(0, signal.SIGKILL)


def in_child():
    """A process that the program forks records nothing."""
    global world
    count_fork()
    if record.out is None:
        return  # so did its parent
    record.run = None
    record.lines, record.runs = [], RUNS
    record.noted.add("runs")
    os.close(record.out)
    record.out = None
    record.printed = print_under
    sys.stdout, sys.stderr = real.stdout, real.stderr
    signal.setitimer(signal.ITIMER_PROF, 0)
    # Its sleeps are real: looplab sees nothing of it that would bound them.
    options.virtual = False
    world, local.worker = RealWorld(world.now()), None

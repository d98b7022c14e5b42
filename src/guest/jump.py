# jump.py - how a loop waits under the virtual clock.
#
# Where asyncio sleeps in select, threads run here, the outside is asked, and
# time jumps to what is due first.

IDLE = 5 * 10**9  # ns of real waiting for the outside, if nothing else comes
LOOK = 0.001  # seconds of real waiting between two looks at who waits
LOOKS = 20  # in which a socket or a thread may bring what was given to it


class Deadlock(BaseException):
    """Nothing is left that could end a wait."""


class Selector(selectors.DefaultSelector):
    """Under the virtual clock every selector is one of these, also below one
    of the program's own, which may measure or skip its waits."""

    lab_loop = None

    def select(self, timeout=None):
        loop = self.lab_loop
        if loop is None or not options.virtual:
            return super().select(timeout)
        if timeout is None or timeout > 0:
            return jump(loop, super().select)
        return super().select(0) if may_hear(loop) else []


named_as(Selector, selectors.DefaultSelector)


def jump(loop, select):
    """Returns what the outside brings, or nothing when the loop has to look at
    its timers. A handle that a thread has put in line without
    call_soon_threadsafe wakes nobody, as without us."""
    timers = loop._scheduled
    deadline = timers[0].ns if timers and timers[0].ns < NEVER else None
    loop.lab_woken = False
    if me():  # a loop in a thread waits as threads do
        world.hold(me(), lambda: loop.lab_woken,
                   None if deadline is None else deadline - world.ns)
        return []
    events = []

    def look(seconds):
        events[:] = select(seconds)
    world.step()
    while not (events or loop.lab_woken):
        times = [t for t in (deadline, world.next()) if t is not None]
        if may_hear(loop) and not has_outside(loop):
            look(0)
        elif may_hear(loop) and hear_outside(
                look, lambda: events or loop.lab_woken, times, IDLE):
            continue
        if events or not times and schedule.release(loop):
            break
        if not times:
            raise Deadlock()
        world.move(min(times))
        if world.ns == deadline:
            break
        world.step()
    return events


def hear_outside(pause, happened, times, idle):
    """Lets what is not of this world go on in real time: for a little if there
    are [times] at which this world goes on, or for [idle]; and as if all time
    were real while other processes run. Has anything [happened]?"""
    begun, first, looks = real.monotonic_ns(), world.next(), 0
    while True:
        is_near = outside_is_near()
        wait = min(times, default=NEVER) - world.ns if times or is_near \
            else idle
        left = begun + wait - real.monotonic_ns()
        is_short = times and not is_near
        if looks >= LOOKS if is_short else left <= 0:
            return False
        # Nobody tells that another process is over, nor of what a thread waits
        # for that is not of this world.
        pause(LOOK if is_short or world.held else
              min(left / 1e9, LOOKS * LOOK))
        looks = 0 if is_near else looks + 1
        world.step()
        if happened() or world.next() != first:
            return True


def may_hear(loop):
    """Could a look at the sockets bring something?"""
    return not options.virtual or len(loop._selector.get_map()) > 1 \
        or bool(loop._signal_handlers) or has_strangers()


def has_outside(loop):
    """Could anything come that is not in the virtual world?"""
    inside = {sock.fileno() for sock in near}
    inside.add(loop._ssock.fileno())
    return not inside.issuperset(loop._selector.get_map()) \
        or bool(loop._signal_handlers) or has_strangers()


def has_strangers():
    """Are there threads that are not of this world, and may call the loop?"""
    return threading.active_count() > 1 + len(world.alive)

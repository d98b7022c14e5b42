# jump.py - how a loop waits under the virtual clock.
#
# Where asyncio sleeps in select, threads run here, the outside is asked, and
# time jumps to what is due first.

IDLE = 5.0  # seconds of real waiting for the outside, if nothing else comes
GRACE = 0.02  # seconds in which a socket may bring what was written to it


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
    world.step()
    while not loop.lab_woken:
        times = [t for t in (deadline, world.next()) if t is not None]
        if outside_is_near():  # it comes when it comes: as if time were real
            wait = (min(times) - world.ns) / 1e9 if times else None
        else:
            wait = GRACE if times else IDLE
        events = []
        if may_hear(loop):
            events = select(wait if has_outside(loop) else 0)
        if events or loop.lab_woken:
            return events
        if not times and schedule.release(loop):
            return []
        if not times:
            raise Deadlock()
        world.move(min(times))
        if world.ns == deadline:
            break
        world.step()
    return []


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

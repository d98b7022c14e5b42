# warm.py - what all tries need is run once before them.
#
# Each try is a new process, and the first time takes Python longest: it finds
# attributes, fits its code to the types that it meets, and links functions of
# its library. So a program runs before any try is forked, and each inherits
# what Python has learned. Nothing else of that program remains.

EVERYTHING = """
import asyncio

async def work(n, lock, queue, known):
    if n % 2 not in known:
        known[n % 2] = asyncio.create_task(asyncio.sleep(0.1, n))
    try:
        await known[n % 2]
        async with lock:
            print(n, "works")
            await asyncio.sleep(0.1)
        await queue.put(n)
        await asyncio.sleep(0)
        return await asyncio.wait_for(queue.get(), 1)
    finally:
        print(n, "ends")

async def main():
    known, queue = {}, asyncio.Queue(1)
    lock, limit = asyncio.Lock(), asyncio.Semaphore(2)
    late = asyncio.create_task(asyncio.sleep(9))
    await asyncio.gather(*[work(n, limit if n % 4 else lock, queue, known)
                           for n in range(8)])
    late.cancel()
    await asyncio.wait([late])
"""
TIMES = 3


def warm_up():
    global schedule
    kept = record.head, record.out, options.events, options.limit, schedule
    record.out = os.open(os.devnull, os.O_WRONLY)
    options.events = options.limit = 1 << 60
    for seed in range(TIMES):
        schedule = Schedule("seed:%d" % seed)
        names = {}
        exec(compile(EVERYTHING, options.script, "exec"), names)
        loop = Unnumbered()
        loop.run_until_complete(loop.create_task(names["main"]()))
        loop.close()
    os.close(record.out)
    forget_warm_up()
    record.head, record.out, options.events, options.limit, schedule = kept


class Unnumbered(Loop):
    """asyncio gives numbers to tasks without a name, and begins with 1 only
    once."""

    def create_task(self, coro, **more):
        return super().create_task(coro, **{**more, "name": "warm"})


def forget_warm_up():
    """Makes all as it was, also what decides in which order sets are."""
    global world, next_hash
    world, next_hash = VirtualWorld(), itertools.count(1).__next__
    record.__init__()
    for name in "_all_tasks", "_scheduled_tasks":
        tasks = getattr(asyncio.tasks, name, None)
        if tasks is not None:
            tasks.data.clear()

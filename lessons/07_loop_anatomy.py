import asyncio
import time


async def give_way(name, log):
    for i in 1, 2, 3:
        log.append(f"{name}{i}")
        await asyncio.sleep(0)


async def nothing():
    pass


async def never_wait(name, log):
    for i in 1, 2, 3:
        log.append(f"{name}{i}")
        await nothing()


async def three(how):
    log = []
    await asyncio.gather(*(how(name, log) for name in "abc"))
    print(f"{how.__name__}:", *log)


async def in_a_turn():
    loop, log = asyncio.get_running_loop(), []
    loop.call_later(0, log.append, "timer")
    loop.call_soon(log.append, "soon")
    loop.call_soon(lambda: loop.call_soon(log.append, "soon next turn"))
    while len(log) < 3:
        await asyncio.sleep(0)
    print("in a turn:", ", ".join(log))


async def timer(delay):
    begin = time.perf_counter()
    await asyncio.sleep(delay)
    return round(time.perf_counter() - begin, 1)


async def held():
    task = asyncio.create_task(timer(0.1))
    await asyncio.sleep(0)  # it is set
    time.sleep(0.3)  # this turn does not end
    print("held: the timer of 0.1 s took", await task, "s")


async def leftover():
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("asyncio.run cancels what is left")
        raise


async def leave():
    asyncio.create_task(leftover())
    await asyncio.sleep(0)


asyncio.run(three(give_way))
asyncio.run(three(never_wait))
asyncio.run(in_a_turn())
asyncio.run(held())
asyncio.run(leave())

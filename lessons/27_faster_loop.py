import asyncio
import sys
import time
from statistics import median

ROUNDS, TASKS, TIMES, DELAY = 5, 50, 40, 0.05


async def switch():
    for _ in range(TIMES):
        await asyncio.sleep(0)


async def wait():
    await asyncio.sleep(DELAY)


async def serve(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    writer.close()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(TIMES):
        writer.write(b"x" * 100)
        await writer.drain()
        await reader.readexactly(100)
    writer.close()


async def together(what, *args):
    begin = time.perf_counter()
    await asyncio.gather(*[what(*args) for _ in range(TASKS)])
    return time.perf_counter() - begin


async def echo():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        return await together(client, server.sockets[0].getsockname()[1])
    finally:
        server.close()


def compare(name, unit, each, measure):
    took = {make: [] for make in makes}
    for _ in range(ROUNDS):
        for make in makes:  # in turn: a busy machine is busy for all
            loop = make()
            took[make].append(loop.run_until_complete(measure()))
            loop.close()
    medians = [median(times) for times in took.values()]
    slow, best = medians[0], min(medians)
    gain = slow / best if best else 1  # no work takes virtual time
    print(f"{name}: {slow * each:.1f} {unit} in asyncio; "
          f"the fastest here is {gain:.1f} times as fast")


makes = [asyncio.new_event_loop]
try:
    import uvloop
    makes.append(uvloop.new_event_loop)
except ImportError:
    print("no uvloop is here: install python3-uvloop", file=sys.stderr)
print(f"loops: {len(makes)}")
compare("switch", "us", 1e6 / TASKS / TIMES, lambda: together(switch))
compare("echo", "us", 1e6 / TASKS / TIMES, echo)
compare("wait", "ms", 1e3, lambda: together(wait))

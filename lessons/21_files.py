import asyncio
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FILES, READ, BEAT = 8, 0.1, 0.05


def read(path):
    time.sleep(READ)  # the disk's time, with the thread held
    return path.read_bytes()


async def on_loop(paths):
    return [read(path) for path in paths]


async def in_pool(paths):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=4) as pool:
        return await asyncio.gather(
            *[loop.run_in_executor(pool, read, path) for path in paths])


async def heartbeat(beats):
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(BEAT)


async def measure(name, how, paths):
    beats = []
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(0)  # let the heart begin
    begin = time.perf_counter()
    contents = await how(paths)
    took = time.perf_counter() - begin
    await asyncio.sleep(BEAT)  # a beat that is late by now comes at last
    heart.cancel()
    gap = max(b - a for a, b in zip(beats, beats[1:]))
    print(f"{name}: {sum(map(len, contents))} bytes in {took:.2f} s, "
          f"longest gap {gap:.2f} s")


async def main():
    print("asyncio.open:", getattr(asyncio, "open", "there is none"))
    with open(__file__) as file:
        try:
            asyncio.get_running_loop().add_reader(file, print)
        except OSError as error:
            print("add_reader:", error)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{i}") for i in range(FILES)]
        for path in paths:
            path.write_bytes(b"x" * 4096)
        await measure("on_loop", on_loop, paths)
        await measure("in_pool", in_pool, paths)


asyncio.run(main())

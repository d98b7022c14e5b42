import asyncio
import time

FILES = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]


async def download(file):
    await asyncio.sleep(0.2)  # others run meanwhile
    return 100 + FILES.index(file)


async def in_turn():
    return [await download(file) for file in FILES]


async def tasks_first():
    tasks = [asyncio.create_task(download(file)) for file in FILES]
    return [await task for task in tasks]


async def together():
    return await asyncio.gather(*[download(file) for file in FILES])


for variant in in_turn, tasks_first, together:
    begin = time.perf_counter()
    sizes = asyncio.run(variant())
    print(f"{variant.__name__}: {time.perf_counter() - begin:.1f} s", sizes)

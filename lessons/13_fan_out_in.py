import asyncio
import time

PAGES, FETCH, ADD = 4, 0.08, 0.08


async def fetch(page):
    await asyncio.sleep((PAGES - page + 1) * FETCH)
    return 100 * page


async def add(index, words):
    await asyncio.sleep(ADD)
    index.append(words)


async def in_turn(index):
    for page in range(1, PAGES + 1):
        await add(index, await fetch(page))


async def gather(index):
    pages = [fetch(page) for page in range(1, PAGES + 1)]
    for words in await asyncio.gather(*pages):
        await add(index, words)


async def stream(index):
    pages = [fetch(page) for page in range(1, PAGES + 1)]
    for page in asyncio.as_completed(pages):
        await add(index, await page)


for variant in in_turn, gather, stream:
    index = []
    begin = time.perf_counter()
    asyncio.run(variant(index))
    took = round(time.perf_counter() - begin, 1)
    print(f"{variant.__name__}: {took} s, {index}, sum {sum(index)}")

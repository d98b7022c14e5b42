# as_completed hands out results in the order in which they come.
import asyncio


async def page(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    pages = [page(0.3), page(0.1), page(0.2)]
    for first in asyncio.as_completed(pages):
        print("got", await first)


asyncio.run(main())

# What is no coroutine, where asyncio wants one: the mistake is told at once.
import asyncio
import time


async def fetch(n):
    await asyncio.sleep(0.1)
    return n


def told(function, *what):
    try:
        function(*what)
    except TypeError as error:
        print(str(error).split(" at 0x")[0])


async def main():
    try:
        time.sleep("1")
    except TypeError as error:
        print("integer" in str(error))
    told(asyncio.create_task, fetch)
    told(asyncio.create_task, 5)
    both = asyncio.gather(fetch(1), fetch(2))
    told(asyncio.create_task, both)
    print(await both)
    three = asyncio.create_task(fetch(3))
    told(lambda: list(asyncio.as_completed(three)))
    twice = fetch(4)
    for one in asyncio.as_completed([twice, three, twice]):
        print(await one)


asyncio.run(main())

import asyncio


class Closed(Exception):
    pass


async def buy(what, seconds):
    await asyncio.sleep(seconds)
    print("bought", what)
    if what == "milk":
        raise Closed("until tomorrow")


async def all_of(*what):
    tasks = [asyncio.create_task(buy(one, i + 1))
             for i, one in enumerate(what)]
    await asyncio.gather(*tasks)

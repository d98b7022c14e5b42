import asyncio
import gc
import logging
import time
import warnings

told = []


class Note(logging.Handler):
    def emit(self, record):
        words = record.getMessage()
        if words.startswith("Executing"):
            words = "a step took " + words.split(" took ")[1][:3] + " s"
        told.append(words.splitlines()[0])


async def parser():
    time.sleep(0.31)


async def part():
    time.sleep(0.0155)


async def fail():
    raise ConnectionRefusedError


async def culprit():
    await asyncio.create_task(parser())


async def many_small():
    await asyncio.gather(*(part() for _ in range(20)))


async def never_read():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0.1)
    told.append("nothing so far")
    del task
    gc.collect()


async def never_awaited():
    part()


logging.getLogger("asyncio").addHandler(Note())
logging.getLogger("asyncio").propagate = False
for variant in culprit, many_small, never_read, never_awaited:
    told.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.run(variant(), debug=True)
    told += [str(one.message).splitlines()[0] for one in caught]
    print(f"{variant.__name__}:", "; ".join(told) or "no word")

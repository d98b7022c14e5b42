# A record has eight runs; the ninth is run all the same.
import asyncio


async def once(n):
    await asyncio.sleep(n / 100)
    print("run", n)


for n in range(9):
    asyncio.run(once(n))

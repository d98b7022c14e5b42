# needs: 3.11
# Three meet at a barrier.
import asyncio


async def runner(n, barrier):
    await asyncio.sleep(n / 10)
    print(n, "is there")
    await barrier.wait()
    print(n, "starts")


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(*(runner(n, barrier) for n in (1, 2, 3)))


asyncio.run(main())

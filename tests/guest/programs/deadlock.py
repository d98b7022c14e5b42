# status: 3
# Two locks, taken in two orders. Plain Python would hang.
import asyncio


async def transfer(first, second, name):
    try:
        async with first:
            await asyncio.sleep(0.1)
            async with second:
                print(name, "has both")
    finally:
        print(name, "lets go")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(transfer(a, b, "one"), transfer(b, a, "two"))


asyncio.run(main())

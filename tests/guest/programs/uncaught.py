# status: 1
# An error that ends the program.
import asyncio


async def divide(n):
    await asyncio.sleep(0.1)
    return 1 // n


async def main():
    print(await divide(1))
    await asyncio.create_task(divide(0))


asyncio.run(main())

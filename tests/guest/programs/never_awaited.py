# A coroutine is called, and nobody awaits it.
import asyncio


async def greet(name):
    await asyncio.sleep(0.1)
    print("hello", name)


async def main():
    greet("anna")
    await greet("bob")


asyncio.run(main())

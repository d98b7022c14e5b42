import asyncio


async def fetch(i):
    await asyncio.sleep(i * 0.2)
    if i == 2:
        raise ConnectionRefusedError("nobody listens there")
    print(i, "fetched")


async def main():
    try:
        await asyncio.gather(*[fetch(i) for i in range(1, 5)])
    except OSError as error:
        print("gather:", error)
    await asyncio.sleep(1)  # 3 and 4 go on, for nobody

    results = await asyncio.gather(
        *[fetch(i) for i in range(1, 5)], return_exceptions=True
    )
    print("collected:", results)


asyncio.run(main())

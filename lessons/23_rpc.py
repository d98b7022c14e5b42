import asyncio
import time

WORK, PATIENCE = 0.5, 0.1
working = 0


async def work():
    global working
    working += 1
    try:
        await asyncio.sleep(WORK)
    finally:
        working -= 1


async def serve(reader, writer):
    deadline = float(await reader.readline())  # it came with the call
    try:
        await asyncio.wait_for(work(), deadline)
        writer.write(b"hello\n")
    except asyncio.TimeoutError:
        pass  # the caller knows by itself
    writer.close()


async def call(port, deadline):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{deadline}\n".encode())
    try:
        return await asyncio.wait_for(reader.readline(), PATIENCE)
    except asyncio.TimeoutError:
        return None
    finally:
        writer.close()


async def main(told):
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    replies = await asyncio.gather(*[call(port, told) for _ in range(5)])
    begin = time.perf_counter()
    while working:
        await asyncio.sleep(0.01)
    late = round(time.perf_counter() - begin, 1)
    print(f"told {told} s: {replies.count(None)} callers give up, "
          f"the service works {late} s more")
    server.close()


for told in 60, PATIENCE:
    asyncio.run(main(told))

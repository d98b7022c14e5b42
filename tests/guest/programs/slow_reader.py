# A writer that must wait for its reader, and an end of file.
import asyncio

SIZE = 400 * 1024


async def sink(reader, writer):
    total = 0
    while True:
        await asyncio.sleep(0.1)
        data = await reader.read(256 * 1024)
        if not data:
            break
        total += len(data)
    print("the reader got", total)
    writer.write(b"thanks")
    writer.close()


async def main():
    server = await asyncio.start_server(sink, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print("talks to it:", writer.get_extra_info("peername")[1] == port)
    for _ in range(4):
        writer.write(b"x" * SIZE)
        await writer.drain()
    writer.write_eof()
    print((await reader.read()).decode())
    server.close()


asyncio.run(main())

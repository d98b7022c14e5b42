# A server and two clients in one program.
import asyncio


async def serve(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        await asyncio.sleep(0.05)
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def client(port, delay, word):
    await asyncio.sleep(delay)
    reader, writer = await asyncio.open_connection("localhost", port)
    for n in range(2):
        writer.write(f"{word} {n}\n".encode())
        print("answer:", (await reader.readline()).decode().strip())
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(serve, "localhost", 0)
    port = server.sockets[0].getsockname()[1]
    await asyncio.gather(client(port, 0, "hello"),
                         client(port, 0.02, "world"))
    server.close()
    await server.wait_closed()


asyncio.run(main())

import asyncio
import time

REQUESTS, DELAY, LIMIT = 30, 0.05, 10


async def answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(DELAY)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\npage\n")
    await writer.drain()
    writer.close()


async def crawl(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n")
    reply = await reader.read()
    writer.close()
    return reply.endswith(b"page\n")


async def in_turn(port):
    return [await crawl(port) for _ in range(REQUESTS)]


async def together(port):
    return await asyncio.gather(*[crawl(port) for _ in range(REQUESTS)])


async def limited(port):
    permits = asyncio.Semaphore(LIMIT)

    async def crawl_with_permit():
        async with permits:
            return await crawl(port)

    return await asyncio.gather(*[crawl_with_permit() for _ in range(REQUESTS)])


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for variant in in_turn, together, limited:
        begin = time.perf_counter()
        pages = sum(await variant(port))
        took = time.perf_counter() - begin
        print(f"{variant.__name__}: {pages} pages, {took:.2f} s")
    server.close()


asyncio.run(main())

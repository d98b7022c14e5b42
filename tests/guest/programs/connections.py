# views: none
# Connections that end in other ways than they should, and many at a time.
import asyncio
import os
import tempfile


async def serve(reader, writer):
    word = (await reader.readline()).decode().strip()
    if word == "abort":
        writer.transport.abort()
    elif word == "half":
        rest = await reader.read()  # until the other has nothing to say
        writer.write(b"got " + rest)
    elif word == "count":
        await asyncio.sleep(0.1)
        writer.write(b"1")
    writer.close()


async def talk(connect, *words):
    reader, writer = await connect()
    for word in words:
        writer.write(word)
    if writer.can_write_eof():
        writer.write_eof()
    try:
        return await reader.read()
    except ConnectionError as error:
        return type(error).__name__
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    path = os.path.join(tempfile.mkdtemp(), "socket")
    other = await asyncio.start_unix_server(serve, path)
    for connect in (lambda: asyncio.open_connection("127.0.0.1", port),
                    lambda: asyncio.open_unix_connection(path)):
        print(await talk(connect, b"half\n", b"a", b"b"))
        print(await talk(connect, b"abort\n"))
        print(await talk(connect, b"none\n"))
        answers = await asyncio.gather(*(talk(connect, b"count\n")
                                         for _ in range(90)))
        print(answers.count(b"1"), "answers")
    reader, writer = await asyncio.open_connection("localhost", port)
    print(writer.get_extra_info("peername") == ("127.0.0.1", port),
          writer.get_extra_info("sockname")[0],
          writer.get_extra_info("socket").family.name)
    server.close()
    other.close()
    writer.close()
    await writer.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as error:
        print("refused:", error.errno)


asyncio.run(main())

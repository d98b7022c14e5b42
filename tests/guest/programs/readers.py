# A descriptor that is read again and again, by a callback and by sock_recv.
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    near.setblocking(False)
    far.setblocking(False)
    got = []
    loop.add_reader(far, lambda: got.append(far.recv(10).decode()))
    for word in "one", "two", "three":
        near.send(word.encode())
        await asyncio.sleep(0.1)
    loop.remove_reader(far)
    print(got)
    loop.call_later(0.1, near.send, b"four")
    print(await loop.sock_recv(far, 10))
    near.close()
    far.close()


asyncio.run(main())

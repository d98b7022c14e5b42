# connect.py - connections: between parts of the program they are carried in
# memory under the virtual clock, and come in the same order every time.
#
#     client's transport -- write --> inbox of the server's transport
#                                     its next turn: protocol.data_received
#
# What is outside the program takes real time and no virtual time: that is
# noted once for each line.

WINDOW = 256 * 1024  # bytes that are on their way before a writer must wait
FIRST_PORT = 50001  # of servers that leave the choice to us
FIRST_CLIENT = 60000
LOCAL = {None, "", "localhost", "0.0.0.0", "::", "::1", "127.0.0.1"}


def is_local(host):
    return host in LOCAL if not isinstance(host, (list, tuple)) \
        else all(map(is_local, host))


class MemorySocket:
    """What a program may ask a transport's or a server's socket."""

    type, proto = socket.SOCK_STREAM, 0

    def __init__(self, name, peer=None):
        self.name, self.peer = name, peer
        self.family = socket.AF_UNIX if isinstance(name, str) else \
            socket.AF_INET6 if ":" in name[0] else socket.AF_INET

    def getsockname(self):
        return self.name

    def getpeername(self):
        return self.peer

    def fileno(self):
        return -1

    def nothing(self, *what):
        return 0
    listen = close = setblocking = setsockopt = getsockopt = nothing


class MemoryTransport(asyncio.transports._FlowControlMixin,
                      asyncio.Transport):
    """One end of a connection in memory."""

    lab_inside = True

    def __init__(self, loop, protocol, name, peer_name, server=None):
        super().__init__({"sockname": name, "peername": peer_name,
                          "socket": MemorySocket(name, peer_name)}, loop)
        self._protocol, self.server = protocol, server
        self.peer = None
        self.inbox = bytearray()
        self.eof_sent = self.eof_came = self.eof_told = False
        self.paused = self.due = self.closing = self.lost = False

    # what the program calls

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("data argument must be a bytes-like object, not %r"
                            % type(data).__name__)
        if self.eof_sent:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data or self.closing:
            return
        if self.peer.closing:
            self.lose(ConnectionResetError(104, "Connection reset by peer"))
            return
        self.peer.inbox += data
        self.peer.wake()
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        return max(0, len(self.peer.inbox) - WINDOW)

    def write_eof(self):
        if not self.eof_sent:
            self.eof_sent = self.peer.eof_came = True
            self.peer.wake()

    def can_write_eof(self):
        return True

    def pause_reading(self):
        self.paused = True

    def resume_reading(self):
        self.paused = False
        self.wake()

    def is_reading(self):
        return not self.paused and not self.closing

    def is_closing(self):
        return self.closing

    def close(self):
        if not self.closing:
            self.closing = True
            self.peer.eof_came = True
            self.peer.wake()
            self.lose(None)

    def abort(self):
        self.close()
        self.peer.lose(ConnectionResetError(104, "Connection reset by peer"))

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    # what the loop calls

    def wake(self):
        if not self.due and not self.paused and not self.closing and (
                self.inbox or self.eof_came and not self.eof_told):
            self.due = True
            self._loop.call_soon(self.deliver)

    def deliver(self):
        self.due = False
        if self.paused or self.closing:
            return
        data = bytes(self.inbox[:WINDOW])
        if data:
            del self.inbox[:WINDOW]
            if isinstance(self._protocol, asyncio.BufferedProtocol):
                asyncio.protocols._feed_data_to_buffered_proto(
                    self._protocol, data)
            else:
                self._protocol.data_received(data)
            self.peer._maybe_resume_protocol()
        elif self.eof_came and not self.eof_told:
            self.eof_told = True
            if not self._protocol.eof_received():
                self.close()
        self.wake()

    def lose(self, error):
        if not self.lost:
            self.lost = self.closing = True
            self._loop.call_soon(self.tell_lost, error)

    def tell_lost(self, error):
        self._protocol.connection_lost(error)
        if self.server is not None:
            self.server._detach(*([self] if VERSION >= (3, 13) else []))


class Listener:
    def __init__(self, factory, server, loop):
        self.factory, self.server, self.loop = factory, server, loop


listeners = {}  # port or path: Listener


class Network:
    """What a Loop does with connections."""

    def lab_names(self, host, port):
        """The names of a server's sockets."""
        if not port:
            port = FIRST_PORT + self.lab_ports
            self.lab_ports += 1
        hosts = host if isinstance(host, (list, tuple)) else [host]
        numbers = {"localhost": "127.0.0.1", None: "0.0.0.0", "": "0.0.0.0"}
        hosts = [numbers.get(h, h) for h in hosts]
        if port in listeners:
            raise OSError(98, "error while attempting to bind on address "
                          "(%r, %d): address already in use"
                          % (hosts[0], port))
        return [(h, port, 0, 0) if ":" in h else (h, port) for h in hosts]

    async def create_server(self, protocol_factory, host=None, port=None, *,
                            sock=None, ssl=None, start_serving=True,
                            backlog=100, **more):
        if not options.virtual or sock or ssl or not is_local(host):
            return await super().create_server(
                protocol_factory, host, port, sock=sock, ssl=ssl,
                start_serving=start_serving, backlog=backlog, **more)
        return self.lab_serve(protocol_factory, self.lab_names(host, port),
                              start_serving, backlog)

    async def create_unix_server(self, protocol_factory, path=None, *,
                                 sock=None, ssl=None, start_serving=True,
                                 backlog=100, **more):
        if not options.virtual or sock or ssl:
            return await super().create_unix_server(
                protocol_factory, path, sock=sock, ssl=ssl,
                start_serving=start_serving, backlog=backlog, **more)
        return self.lab_serve(protocol_factory, [os.fspath(path)],
                              start_serving, backlog)

    def lab_serve(self, factory, names, start_serving, backlog):
        server = asyncio.base_events.Server(
            self, [MemorySocket(n) for n in names], factory, None, backlog,
            None)
        server.lab_inside = True
        if start_serving:
            server._start_serving()
        return server

    def _start_serving(self, protocol_factory, sock, sslcontext=None,
                       server=None, *what, **more):
        if not isinstance(sock, MemorySocket):
            return super()._start_serving(protocol_factory, sock, sslcontext,
                                          server, *what, **more)
        listeners[port_of(sock.name)] = Listener(protocol_factory, server,
                                                 self)

    def _stop_serving(self, sock):
        if not isinstance(sock, MemorySocket):
            return super()._stop_serving(sock)
        listeners.pop(port_of(sock.name), None)

    async def create_connection(self, protocol_factory, host=None, port=None,
                                *, sock=None, ssl=None, **more):
        name = self.lab_dialed.get(sock) if sock is not None else \
            port if is_local(host) else None
        if ssl or not self.lab_reaches(name):
            return await super().create_connection(
                protocol_factory, host, port, sock=sock, ssl=ssl, **more)
        return await self.lab_connect(
            protocol_factory, name,
            ("127.0.0.1", FIRST_CLIENT + next_number("client")),
            ("127.0.0.1", name))

    async def create_unix_connection(self, protocol_factory, path=None, *,
                                     sock=None, ssl=None, **more):
        name = path and os.fspath(path)
        if ssl or not self.lab_reaches(name):
            return await super().create_unix_connection(
                protocol_factory, path, sock=sock, ssl=ssl, **more)
        return await self.lab_connect(protocol_factory, name, "", name)

    def lab_reaches(self, name):
        return name in listeners and listeners[name].loop is self

    async def lab_connect(self, factory, name, client_name, server_name):
        listener, protocol = listeners[name], factory()
        theirs = listener.factory()
        near = MemoryTransport(self, protocol, client_name, server_name)
        far = MemoryTransport(self, theirs, server_name, client_name,
                              listener.server)
        near.peer, far.peer = far, near
        listener.server._attach(*([far] if VERSION >= (3, 13) else []))
        self.call_soon(theirs.connection_made, far)
        self.call_soon(protocol.connection_made, near)
        ready = self.create_future()
        ready.lab_inside = True
        self.call_soon(set_ready, ready)
        await ready
        return near, protocol

    async def sock_connect(self, sock, address):
        """aiohttp connects first, and makes the transport afterwards."""
        if isinstance(address, tuple) and is_local(address[0]) \
                and self.lab_reaches(address[1]):
            self.lab_dialed[sock] = address[1]
            return
        return await super().sock_connect(sock, address)

    async def getaddrinfo(self, host, port, **more):
        if not options.virtual or not is_local(host):
            return await super().getaddrinfo(host, port, **more)
        host = "127.0.0.1" if host == "localhost" else host
        return socket.getaddrinfo(host, port, **more)


def port_of(name):
    return name[1] if isinstance(name, tuple) else name


def set_ready(future):
    if not future.done():
        future.set_result(None)


# --- the outside

far_sockets = weakref.WeakSet()
children = weakref.WeakSet()


def outside_is_near():
    """Is a connection to another machine open, or another program running?"""
    return any(s.fileno() >= 0 for s in far_sockets) \
        or any(c.returncode is None for c in children)


def hook_outside():
    connect, popen = socket.socket.connect, subprocess.Popen
    start = popen.__init__

    def noted_connect(self, address):
        line = line_of(sys._getframe(1))
        if isinstance(address, tuple) and not is_local(address[0]):
            far_sockets.add(self)
            note("reaches outside the program, which takes no virtual time",
                 line, once=("outside", line))
        elif port_of(address) in listeners:
            note("only asyncio reaches a server of the same program under the "
                 "virtual clock; --clock=real", line, once=("blocking", line))
        return connect(self, address)

    def noted_start(self, *what, **more):
        line = line_of(sys._getframe(1))
        note("runs another program, which takes no virtual time", line,
             once=("program", line))
        start(self, *what, **more)
        children.add(self)
        count_children()

    def noted_open(*what, **more):
        frame = sys._getframe(1)
        if record.run is not None and is_learners(frame.f_code):
            note("uses a file, which takes no virtual time", line_of(frame),
                 once=("file", line_of(frame)))
        return opened(*what, **more)
    opened, builtins.open = builtins.open, noted_open
    socket.socket.connect, popen.__init__ = noted_connect, noted_start

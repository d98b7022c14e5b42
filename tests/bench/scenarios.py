"""scenarios.py - what is compared with what, and what must come of it.

A scenario is a row here, a row in main.c (but for startup, which is measured
from outside) and a folder in peers/. A peer is a column; its programs print
"metric value" lines, of which each metric here names the one it is held
against.

A law says how far ours may go: a formula over the medians of the same run, by
column. What must hold and what we aim for are lists of laws.
"""

import os
import typing

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")

# Columns, and the package that brings each.
PACKAGES = {
    "asyncio": "python3",
    "uvloop": "python3-uvloop",
    "node": "nodejs",
    "go": "golang-go",
    "tokio": "librust-tokio-dev",
    "libst": "libst-dev",
    "boost": "libboost-context-dev",
    "libuv": "libuv1-dev",
    "lua": "lua5.4",
    "floor": "gcc",
    "guards": "gcc",
}

# Columns whose programs are read and not built, and by what.
INTERPRETERS = {"node": "node", "lua": "lua5.4"}

# How a column's program is started; {folder} is the scenario's in peers/,
# {built} where those in C, Go and Rust are, {python} the Python that has uvloop,
# {server} our bench in full size though all else be quick, {demos} the folder of
# ours.
COMMANDS = {
    "asyncio": "{python} {folder}/asyncio_.py std",
    "uvloop": "{python} {folder}/asyncio_.py uvloop",
    "node": "node {folder}/node.js",
    "go": "{built}/go",
    "tokio": "{built}/tokio",
    "libst": "{built}/st",
    "boost": "{built}/fcontext",
    "thread": "{built}/threads",
    "glibc": "{built}/ucontext",
    "ours": "{bench} {name}",
    "record": "{bench} --record {name}",
}


class Metric(typing.NamedTuple):
    """A figure of ours, and its like in other columns."""
    name: str
    others: dict = {}  # by column, its name there or None; "" is the rest
    must: tuple = ()
    aim: tuple = ()
    more: bool = False  # is more better?

    def of(self, column):
        """Its name in a column."""
        if column in ("ours", "record"):
            return self.name
        return self.others.get(column, self.others.get("", self.name))


class Scenario(typing.NamedTuple):
    """Programs that do the same work, and what they print."""
    name: str
    folder: str
    metrics: tuple
    peers: tuple = ()
    # By column, a command that is not the usual one, or a tuple of commands.
    commands: dict = {}
    repeat: int = 1  # how often in a round

    def columns(self):
        """All columns there are programs for, ours first."""
        known = ("ours", "record", "floor") + self.peers
        return [c for c in known if self.commands.get(c, c in COMMANDS)]

    def command(self, column):
        """A tuple of the commands of a column."""
        command = self.commands.get(column) or COMMANDS[column]
        return command if isinstance(command, tuple) else (command,)


def served(server):
    """A server, and the client that measures it."""
    return "{folder}/run_echo.sh {seconds} {port} " + server


def asked(server):
    """A web server, and our client that measures it."""
    return "{bench} http '" + server + " $PORT'"


def started(prompt, statement, answer, leave, program):
    """A program started in a terminal, asked for one thing, and left."""
    return (f"{{python}} {{folder}}/ptystart.py NAME {prompt} {statement} "
            f"{answer} {leave} -- {program}")


def piped(statement, program, metric="pipe_ms"):
    """A program that gets one command through a pipe."""
    return (f"{{python}} {{folder}}/pipestart.py {metric} {statement} "
            f"-- {program}")


def lateness(nap):
    """The two figures of one sleep."""
    return tuple(
        Metric(f"late_{nap}_{part}_us", must=must, aim=("1.1 * floor",))
        for part, must in (("p50", ("1.3 * floor",)), ("p99", ())))


def looks():
    """The figures of views, and of what looks at a run besides."""
    views = ("compare", "timeline", "story", "tree", "turns", "busy", "pool",
             "warnings", "svg")
    others = ("html", "go", "why", "first_back", "back", "save", "load")
    return tuple(Metric(f"{view}_ms", must=("300",), aim=("200",))
                 for view in views) + tuple(Metric(f"{name}_ms")
                                            for name in others)


EVERYBODY = ("asyncio", "uvloop", "node", "go", "tokio", "libst", "thread")

SCENARIOS = (
    Scenario("transfer", "1_switch", peers=("glibc", "boost", "thread"),
             commands={"floor": "{built}/floor_asm", "record": None,
                       "thread": "{built}/threads 50000"},
             metrics=(Metric("ns", {"floor": "fn_ns",
                                    "thread": "futex_1cpu_ns"}),)),
    Scenario("switch", "1_switch", peers=EVERYBODY,
             commands={"floor": "{built}/floor_sched",
                       "thread": "{built}/threads 50000"},
             metrics=(
                 Metric("ns2", {"floor": "ns2", "node": "setImmediate_ns",
                                "thread": "sched_yield_1cpu_ns", "": "ns"},
                        must=("3 * floor", "uvloop / 60"),
                        aim=("1.5 * floor",)),
                 Metric("ns1000", {"floor": "ns1000", "": None},
                        must=("3 * floor",), aim=("1.5 * floor",)))),
    Scenario("spawn", "2_spawn", peers=EVERYBODY,
             commands={"floor": "{built}/floor_slab"},
             metrics=(
                 Metric("ns", {"floor": "stack_each_ns", "go": "p1_ns",
                               "asyncio": "taskgroup_ns",
                               "uvloop": "taskgroup_ns",
                               "node": "async_await_ns"},
                        must=("5 * floor", "go"), aim=("1.5 * floor",)),
                 Metric("gather_ns", {"floor": "stack_each_ns",
                                      "asyncio": "gather_ns",
                                      "uvloop": "gather_ns", "": None}))),
    Scenario("gather", "3_gather",
             peers=("asyncio", "uvloop", "node", "go", "tokio", "libst",
                    "libuv", "guards"),
             commands={"floor": "{built}/floor_copy 1",
                       "guards": "{built}/floor_guard",
                       "libuv": "{built}/uvtimers"},
             metrics=(
                 Metric("cold_wall_minus_1s_ms",
                        {"floor": "cold_wall_minus_1s_ms",
                         "guards": "cold_wall_minus_1s_ms",
                         "": "wall_minus_1s_ms"},
                        must=("1.5 * floor", "go"), aim=("libuv",)),
                 Metric("warm_wall_minus_1s_ms",
                        {"floor": "warm_wall_minus_1s_ms",
                         "guards": "warm_wall_minus_1s_ms", "": None},
                        must=("2 * floor",)),
                 Metric("cpu_s",
                        {"floor": "cold_cpu_s", "guards": "cold_cpu_s"},
                        must=("go",), aim=("libuv",)),
                 Metric("kb_per_task", must=("4.4",), aim=("0.92",)))),
    Scenario("queue", "4_queue", peers=EVERYBODY,
             commands={"floor": "{built}/floor_ring"},
             metrics=(Metric("ns", {"go": "p1_ns"},
                             must=("4 * floor", "go"),
                             aim=("1.5 * floor",)),)),
    Scenario("executor", "5_executor",
             peers=("asyncio", "uvloop", "node", "go", "tokio", "libuv"),
             commands={"floor": "{built}/floor_exec",
                       "libuv": "{built}/uvwork"},
             metrics=(
                 Metric("seq_us", must=("libuv",), aim=("libuv / 2",)),
                 Metric("inflight1000_per_s", must=("libuv",),
                        aim=("2 * libuv",), more=True))),
    Scenario("echo", "6_echo",
             peers=("asyncio", "uvloop", "node", "go", "tokio", "libst",
                    "libuv"),
             commands={
                 "ours": served("{server} echo {port}"),
                 "record": served("{server} --record echo {port}"),
                 "floor": served("{built}/floor_epoll {port}"),
                 "asyncio": served("{python} {folder}/server_py.py {port} "
                                   "protocol std"),
                 "uvloop": served("{python} {folder}/server_py.py {port} "
                                  "protocol uvloop"),
                 "node": served("node {folder}/node.js {port}"),
                 "go": served("{built}/go {port}"),
                 "tokio": served("{built}/tokio {port}"),
                 "libst": served("{built}/st {port}"),
                 "libuv": served("{built}/uvecho {port}")},
             metrics=(
                 Metric("server_cpu_us_per_req",
                        must=("1.15 * floor", "uvloop", "go"),
                        aim=("1.05 * floor",)),
                 Metric("req_per_s", more=True))),
    # Ours is the program, which keeps a record: there is no other column of it.
    Scenario("http", "7_http", peers=("asyncio", "uvloop", "node", "libuv"),
             commands={
                 "ours": "{bench} http '{looplab} serve --port=$PORT'",
                 "record": "{bench} http '{looplab} -e "
                           "\"serve --port=$PORT\"'",
                 "floor": asked("{built}/floor_epoll"),
                 "asyncio": "{bench} http '{python} "
                            "{folder}/server_aiohttp.py $PORT std'",
                 "uvloop": "{bench} http '{python} "
                           "{folder}/server_aiohttp.py $PORT uvloop'",
                 "node": asked("node {folder}/server.js"),
                 "libuv": asked("{built}/uvserver")},
             metrics=(
                 Metric("server_cpu_us_per_req",
                        must=("asyncio", "uvloop", "node"),
                        aim=("libuv", "1.15 * floor")),
                 Metric("req_per_s", must=("asyncio", "uvloop", "node"),
                        aim=("libuv",), more=True))),
    Scenario("timer", "8_timer",
             peers=("asyncio", "uvloop", "node", "go", "tokio", "libst",
                    "libuv"),
             commands={"floor": "{built}/floor_sleep pwait2 1",
                       "libuv": "{built}/uvtimer"},
             metrics=lateness("1.3ms") + lateness("5ms") + lateness("10.7ms")
             + (Metric("early", must=("0",)),)),
    Scenario("record", "1_switch",
             commands={"record": None, "floor": "{built}/floor_record"},
             metrics=(
                 Metric("new_event_ns", must=("12",)),
                 Metric("new_ratio", {"": None}, must=("2.5",)),
                 Metric("event_ns", must=("12",), aim=("5",)),
                 Metric("ratio", {"": None}, must=("2.5",), aim=("2",)),
                 Metric("add_ns", {"": None}),
                 Metric("real_event_ns", must=("12",)),
                 Metric("real_ratio", {"": None}, must=("2.5",),
                        aim=("2",)))),
    Scenario("views", "", commands={"record": None}, metrics=looks()),
    Scenario("virtual", "",
             metrics=(
                 Metric("wall_s_per_day", must=("20",), aim=("10",)),
                 Metric("run_all_ms", must=("100",), aim=("30",)))),
    Scenario("startup", "9_startup", peers=("asyncio", "lua", "node"),
             repeat=5,
             commands={
                 "ours": (started("'looplab> '", "list", "executor", "quit",
                                  "{looplab}"),
                          piped("clock", "{looplab}"),
                          piped("list", "{looplab}", "list_ms")),
                 "record": None,
                 "floor": (started("'>>> '", "1+1", "2", "exit",
                                   "{built}/floor_repl"),
                           piped("1+1", "{built}/floor_repl"),
                           piped("list", "{built}/floor_list {demos}",
                                 "list_ms")),
                 "lua": (started("'> '", "'print(1+1)'", "2", "'os.exit()'",
                                 "{lua}"),
                         piped("'print(1+1)'", "{lua}")),
                 "asyncio": (started("'>>> '", "1+1", "2", "'exit()'",
                                     "{python} -m asyncio"),
                             piped("'print(1+1)'", "{python} -m asyncio")),
                 "node": (started("'> '", "1+1", "2", ".exit", "{node}"),
                          piped("'console.log(1+1)'", "{node}"))},
             metrics=(
                 Metric("prompt_ms", must=("lua + 2",), aim=("lua",)),
                 Metric("result_ms"),
                 Metric("exit_ms"),
                 # One command, whose answer is one line.
                 Metric("pipe_ms", must=("lua + 2", "lua"), aim=("floor",)),
                 # All demos and what they ask; the peers' one line again.
                 Metric("list_ms", {"": "pipe_ms", "floor": "list_ms"},
                        must=("lua + 2",), aim=("lua",)))),
)

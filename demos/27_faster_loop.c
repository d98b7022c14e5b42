// 27 faster loop: how much does a faster loop buy?
//
// Three event loops do the same three things: asyncio's own, uvloop's and this
// one. The first two run in Python, each in a process of its own, and measure
// themselves once they are asked to. They take turns, so that a machine that is
// busy for a while is so for all of them; the first round warms up and does not
// count, and nor does starting. No law can say how fast a machine is. So what
// is claimed is only that it was measured fairly: one at a time.

#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MOST = 15, TASKS_MOST = 100, MESSAGE = 100 };
enum { ASYNCIO, UVLOOP, LOOPS = 3 };

// Says its version, or that there is none; then answers each line that it reads
// with the seconds that one round has taken.
static const char program[] =
    "import asyncio, platform, sys, time\n"
    "name, thing, tasks, times, delay = sys.argv[1:]\n"
    "tasks, times, delay = int(tasks), int(times), float(delay)\n"
    "\n"
    "async def switch():\n"
    "    for _ in range(times):\n"
    "        await asyncio.sleep(0)\n"
    "\n"
    "async def wait():\n"
    "    await asyncio.sleep(delay)\n"
    "\n"
    "async def serve(reader, writer):\n"
    "    while data := await reader.read(4096):\n"
    "        writer.write(data)\n"
    "        await writer.drain()\n"
    "    writer.close()\n"
    "\n"
    "async def client(port):\n"
    "    reader, writer = await asyncio.open_connection('127.0.0.1', port)\n"
    "    for _ in range(times):\n"
    "        writer.write(b'x' * 100)\n"
    "        await writer.drain()\n"
    "        await reader.readexactly(100)\n"
    "    writer.close()\n"
    "\n"
    "async def together(what, *args):\n"
    "    begin = time.perf_counter()\n"
    "    await asyncio.gather(*[what(*args) for _ in range(tasks)])\n"
    "    return time.perf_counter() - begin\n"
    "\n"
    "async def measure():\n"
    "    if thing != 'echo':\n"
    "        return await together(switch if thing == 'switch' else wait)\n"
    "    server = await asyncio.start_server(serve, '127.0.0.1', 0,\n"
    "                                        backlog=tasks)\n"
    "    try:\n"
    "        return await together(client,\n"
    "                              server.sockets[0].getsockname()[1])\n"
    "    finally:\n"
    "        server.close()\n"
    "\n"
    "make, version = asyncio.new_event_loop, platform.python_version()\n"
    "if name == 'uvloop':\n"
    "    try:\n"
    "        import uvloop\n"
    "    except ImportError:\n"
    "        sys.exit(print('absent'))\n"
    "    make, version = uvloop.new_event_loop, uvloop.__version__\n"
    "loop = make()\n"
    "asyncio.set_event_loop(loop)\n"
    "print(version, flush=True)\n"
    "for line in sys.stdin:\n"
    "    print(loop.run_until_complete(measure()), flush=True)\n";

// --- the three things, here

static int switch_here(void *arg) {
    (void)arg;
    for (int64_t i = 0; i < lab_param("times"); i++)
        LAB_TRY(lab_yield());
    return 0;
}

static int wait_here(void *arg) {
    (void)arg;
    return lab_sleep(lab_param("delay"));
}

static int serve(void *peer) {
    char bytes[4096];
    int n, rc = 0;
    while (rc == 0 && (n = lab_read(peer, bytes, sizeof bytes)) != LAB_EOF)
        rc = n < 0 ? n : lab_write(peer, bytes, (size_t)n);
    lab_close(peer);
    return rc;
}

static int accept_all(void *door) {
    for (;;) {
        lab_stream *peer;
        LAB_TRY(lab_accept(door, &peer));
        lab_spawn("serve", serve, peer);
    }
}

static int talk(lab_stream *peer) {
    char bytes[MESSAGE] = {0};
    for (int64_t i = 0; i < lab_param("times"); i++) {
        LAB_TRY(lab_write(peer, bytes, sizeof bytes));
        LAB_TRY(lab_read_exactly(peer, bytes, sizeof bytes));
    }
    return 0;
}

static int client(void *door) {
    char address[40];
    lab_stream *peer;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", lab_port(door));
    LAB_TRY(lab_connect(&peer, address, LAB_FOREVER));
    int rc = talk(peer);
    lab_close(peer);
    return rc;
}

static int together(lab_fn *what, void *arg) {
    lab_task *tasks[TASKS_MOST];
    size_t n = (size_t)lab_param("tasks");
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn("task", what, arg);
    return lab_gather(tasks, n);
}

// The machine's clock, as the others use it, whatever the run's is.
static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int measure_here(lab_fn *what, double *took) {
    lab_stream *door = NULL;
    lab_task *server = NULL;
    if (what == client) {
        LAB_TRY(lab_listen(&door, "tcp:127.0.0.1:0"));
        server = lab_spawn("accept", accept_all, door);
    }
    double begin = seconds();
    int rc = together(what, door);
    *took = seconds() - begin;
    if (server) {
        lab_cancel(server);
        lab_ignore(lab_await(server)); // it was told to stop
    }
    lab_close(door);
    return rc;
}

// --- those who take part

struct loop {
    const char *name;
    bool is_here;
    lab_process *process; // NULL: it is this loop
    char version[24];
    double took[1 + ROUNDS_MOST]; // seconds; the first is for warming up
    double least, median, most;   // of the rounds that count
};

static int start_python(lab_process **out, const char *python, const char *loop,
                        const char *thing) {
    char tasks[24], times[24], delay[24];
    snprintf(tasks, sizeof tasks, "%d", (int)lab_param("tasks"));
    snprintf(times, sizeof times, "%d", (int)lab_param("times"));
    snprintf(delay, sizeof delay, "%f", (double)lab_param("delay") / LAB_S);
    char *words[] = {(char *)python, "-c",          (char *)program,
                     (char *)loop,   (char *)thing, tasks,
                     times,          delay,         NULL};
    return lab_process_start(out,
                             &(struct lab_process_options){.words = words});
}

static int wait_for_end(lab_process *process) {
    int status = lab_process_wait(process);
    return status < 0 ? status : 0;
}

// Has [loop] start in [python], if that is there and has it.
static int start_in(const char *python, struct loop *loop, const char *thing) {
    int rc = start_python(&loop->process, python, loop->name, thing);
    if (rc == LAB_ENOENT)
        return 0;
    LAB_TRY(rc);
    rc = lab_read_until(lab_process_output(loop->process), "\n", loop->version,
                        sizeof loop->version);
    if (rc < 0 && rc != LAB_EOF)
        return rc;
    loop->version[rc > 0 ? rc - 1 : 0] = '\0'; // without the newline
    loop->is_here = rc > 0 && strcmp(loop->version, "absent") != 0;
    return loop->is_here ? 0 : wait_for_end(loop->process);
}

// Both in the same Python: the first that has uvloop, or else the first. If one
// is named, in no other.
static int start(struct loop *loops, const char *thing) {
    const char *named = getenv("LOOPLAB_PYTHON");
    bool is_named = named && *named;
    const char *pythons[] = {is_named ? named : "python3",
                             is_named ? named : "/usr/bin/python3"};
    size_t i, first = 0;
    for (i = 0; !loops[UVLOOP].is_here && i < countof(pythons); i++) {
        LAB_TRY(start_in(pythons[i], &loops[UVLOOP], thing));
        first = loops[UVLOOP].is_here ? i : 0;
    }
    for (i = first; !loops[ASYNCIO].is_here && i < countof(pythons); i++)
        LAB_TRY(start_in(pythons[i], &loops[ASYNCIO], thing));
    if (!loops[ASYNCIO].is_here)
        return lab_skip("%s of 3.8 or later is not here; install python3",
                        pythons[0]);
    return 0;
}

static int measure(struct loop *loop, lab_fn *what, double *took) {
    char line[40];
    if (!loop->process)
        return measure_here(what, took);
    LAB_TRY(lab_write(lab_process_input(loop->process), "go\n", 3));
    LAB_TRY(lab_read_until(lab_process_output(loop->process), "\n", line,
                           sizeof line));
    *took = strtod(line, NULL);
    return *took > 0 ? 0 : LAB_EINVAL;
}

// One after the other, each once in a round.
static int take_turns(struct loop *loops, lab_fn *what) {
    for (int64_t round = 0; round <= lab_param("rounds"); round++) {
        for (int i = 0; i < LOOPS; i++) {
            if (!loops[i].is_here)
                continue;
            lab_count("measuring", +1);
            int rc = measure(&loops[i], what, &loops[i].took[round]);
            lab_count("measuring", -1);
            LAB_TRY(rc);
        }
        lab_count("rounds", round > 0);
    }
    return 0;
}

// --- who wins

static int by_size(const void *one, const void *other) {
    double difference = *(const double *)one - *(const double *)other;
    return (difference > 0) - (difference < 0);
}

// Sorts the rounds that count; finds what is in the middle.
static void sort(struct loop *loop) {
    size_t n = (size_t)lab_param("rounds");
    double *took = &loop->took[1];
    qsort(took, n, sizeof *took, by_size);
    loop->least = took[0];
    loop->most = took[n - 1];
    loop->median = (took[(n - 1) / 2] + took[n / 2]) / 2;
}

// Which has the least median, other than [but]; -1 if none is left.
static int fastest(const struct loop *loops, int but) {
    int found = -1;
    for (int i = 0; i < LOOPS; i++)
        if (loops[i].is_here && i != but &&
            (found < 0 || loops[i].median < loops[found].median))
            found = i;
    return found;
}

// What is done, and in which unit it is told: how many units a second has, and
// how many digits are shown.
struct thing {
    const char *name, *one, *unit;
    lab_fn *what;
    double in_second;
    int digits;
    bool is_each; // the time is that of each time that a task does it
};

static void say_row(const struct loop *loop, const struct thing *thing,
                    double best) {
    int64_t count = lab_param("tasks") * lab_param("times");
    double scale = thing->in_second / (thing->is_each ? (double)count : 1);
    if (!loop->is_here)
        lab_say("%-8sskipped: install python3-%s", loop->name, loop->name);
    else
        lab_say("%-8s%-8s%7.*f %s%9.*f to %6.*f%8.1f", loop->name,
                loop->version, thing->digits, loop->median * scale, thing->unit,
                thing->digits, loop->least * scale, thing->digits,
                loop->most * scale, loop->median / best);
}

// In most of its rounds a winner is faster than the others in any of theirs.
static void say_winner(const struct loop *loops) {
    int best = fastest(loops, -1);
    const struct loop *first = &loops[best];
    const struct loop *second = &loops[fastest(loops, best)]; // there are two
    double factor = second->median / first->median;
    bool is_clear = true;
    for (int i = 0; i < LOOPS; i++)
        if (loops[i].is_here && i != best)
            is_clear &= first->median < loops[i].least;
    if (factor < 1.05)
        lab_say("nobody wins: %s and %s differ by less than 5 %%", first->name,
                second->name);
    else if (!is_clear)
        lab_say("nobody wins: rounds of %s overlap with others", first->name);
    else
        lab_say("%s wins: %.1f times as fast as %s", first->name, factor,
                second->name);
}

static int contest(const void *arg) {
    const struct thing *thing = arg;
    struct loop loops[LOOPS] = {{.name = "asyncio"},
                                {.name = "uvloop"},
                                {.name = "looplab", .is_here = true}};
    LAB_TRY(start(loops, thing->name));
    LAB_TRY(take_turns(loops, thing->what));
    for (int i = 0; i < LOOPS; i++)
        sort(&loops[i]);
    lab_say("%s", thing->one);
    lab_say("loop    version     median     least to most  factor");
    for (int i = 0; i < LOOPS; i++)
        say_row(&loops[i], thing, loops[fastest(loops, -1)].median);
    say_winner(loops);
    return 0;
}

static const struct thing switching = {
    "switch", "one switch, from a task to the next", "ns", switch_here, 1e9, 0,
    true};
static const struct thing echoing = {
    "echo", "one message of 100 bytes, there and back", "us", client, 1e6, 1,
    true};
static const struct thing waiting = {
    "wait", "all waits, which overlap", "ms", wait_here, 1e3, 1, false};

const struct lab_demo lab_demo = {
    .name = "faster_loop",
    .asks = "How much does a faster loop buy?",
    .params = {{"rounds", 5, .min = 1, .max = ROUNDS_MOST,
                .text = "how often each loop is measured"},
               {"tasks", 50, .min = 1, .max = TASKS_MOST,
                .text = "how many tasks each has"},
               {"times", 100, .min = 1, .max = 200,
                .text = "how often a task switches, or sends a message"},
               {"delay", 100, .min = 1, .max = 1000, .unit = "ms",
                .text = "how long a task waits"}},
    .variants = {{"switch", .with = contest, .arg = &switching, .differs = true,
                  .text = "tasks that only give way", .outside = "python3",
                  .claims = {"peak(measuring) = 1", "last(measuring) = 0",
                             "last(rounds) = rounds"}},
                 {"echo", .with = contest, .arg = &echoing, .differs = true,
                  .text = "clients and a server that answers",
                  .outside = "python3",
                  .claims = {"peak(measuring) = 1", "last(measuring) = 0",
                             "last(rounds) = rounds"}},
                 {"wait", .with = contest, .arg = &waiting, .differs = true,
                  .text = "tasks that only wait", .outside = "python3",
                  .claims = {"time >= rounds * delay", "peak(measuring) = 1",
                             "last(measuring) = 0", "last(rounds) = rounds"}}}};

// record floor: two tasks yield to each other (as floor_sched) and keep two
// events of 40 bytes for each yield: in large pages that are new, then again in
// the same, both with a time that costs nothing; and with one read of
// the processor's counter of ticks (of the clock where there is none), which
// both events share.
#include "../common/asmco.h"
#include "../common/bench.h"
#include <sys/mman.h>
enum { NOTHING, EVENTS, CLOCK };
typedef struct {
    int64_t time, value;
    uint32_t task, other, text, line, kind, details;
} event;
static struct {
    ctx_t c;
    long left;
} T[2];
static ctx_t M;
static event *next;
static int kept, cur;
static int64_t virtual_now;
static inline int64_t ticks(void) {
#if defined(__x86_64__)
    return (int64_t)__builtin_ia32_rdtsc();
#else
    return now_ns();
#endif
}
static __attribute__((noinline)) void yield_(void) {
    int me = cur;
    if (kept) {
        int64_t now = kept == CLOCK ? ticks() : virtual_now;
        *next++ = (event){.time = now, .task = me, .kind = 1};
        *next++ = (event){.time = now, .task = !me, .kind = 2};
    }
    cur = !me;
    asmco_switch(&T[me].c, &T[cur].c);
}
static void f(void *x) {
    int me = (int)(intptr_t)x;
    while (T[me].left-- > 0)
        yield_();
    asmco_switch(&T[me].c, &M);
}
static double each(int what, long N, event *events, char *stacks) {
    kept = what;
    next = events;
    cur = 0;
    for (intptr_t i = 0; i < 2; i++) {
        T[i].left = N / 2;
        asmco_init(&T[i].c, stacks + i * 16384, 16384 - i * 64, f, (void *)i);
    }
    int64_t t = now_ns();
    asmco_switch(&M, &T[0].c);
    return (double)(now_ns() - t) / N;
}
static event *large(size_t size) {
    enum { PAGE = 2 << 20 };
    char *memory = mmap(NULL, size + PAGE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        exit(1);
    memory += -(uintptr_t)memory % PAGE;
    madvise(memory, size, MADV_HUGEPAGE);
    return (event *)(void *)memory;
}
// New to the program, but not to the machine, as in ours.
static void fetch_memory(size_t size) {
    event *memory = large(size);
    memset(memory, 1, size);
    munmap(memory, size);
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 900000);
    static char stacks[2 * 16384] __attribute__((aligned(64)));
    fetch_memory(256L << 20);
    event *events = large((2 * N + 4) * sizeof *events);
    double bare = each(NOTHING, N, events, stacks);
    out("new_event_ns", (each(EVENTS, N, events, stacks) - bare) / 2);
    out("event_ns", (each(EVENTS, N, events, stacks) - bare) / 2);
    out("real_event_ns", (each(CLOCK, N, events, stacks) - bare) / 2);
    int64_t t = now_ns(), sum = 0;
    for (long i = 0; i < N; i++)
        sum += now_ns();
    out("clock_ns", (double)(now_ns() - t) / N);
    return sum == 42;
}

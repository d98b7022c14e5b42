// scheduler floor: N tasks in a FIFO ready ring, yield = push self, pop next,
// switch directly (no hub).
#include "../common/asmco.h"
#include "../common/bench.h"
typedef struct {
    ctx_t c;
    long left;
} task;
static task T[1024];
static ctx_t M;
static task *ring[2048];
static unsigned h, tl;
static task *cur;
static int live;
static __attribute__((noinline)) void yield_(void) {
    task *s = cur;
    ring[tl++ & 2047] = s;
    task *n = ring[h++ & 2047];
    cur = n;
    asmco_switch(&s->c, &n->c);
}
static void f(void *x) {
    task *t = x;
    while (t->left-- > 0)
        yield_();
    live--;
    if (live) {
        task *n = ring[h++ & 2047];
        cur = n;
        asmco_switch(&t->c, &n->c);
    }
    asmco_switch(&t->c, &M);
}
static void go(int k, long N, const char *name) {
    h = tl = 0;
    live = k;
    char *st =
        mmap(0, (size_t)k * 16384, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < k; i++) {
        T[i].left = N / k;
        asmco_init(&T[i].c, st + (size_t)i * 16384, 16384 - (i % 16) * 64, f,
                   &T[i]);
        ring[tl++] = &T[i];
    }
    cur = ring[h++];
    int64_t t = now_ns();
    asmco_switch(&M, &cur->c);
    double d = now_ns() - t;
    out(name, d / N);
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 20000000);
    go(2, N, "ns2");
    go(1000, N, "ns1000");
    return 0;
}

// spawn+join floor: 1000 reusable coroutine stacks (LIFO slab), each task is a
// stackful coroutine that runs, stores its result, wakes its joiner (counter)
// and returns its stack to the slab. variant "onestack": tasks that never
// suspend run on a stack that is recycled immediately (spawn costs only a queue
// push; stack bound at first run).
#include "../common/asmco.h"
#include "../common/bench.h"
typedef struct task {
    ctx_t c;
    void *(*fn)(void *);
    void *arg;
    void *res;
    int done;
    struct task *next;
    char *stk;
} task;
static task T[1000];
static ctx_t M;
static task *ring[1024];
static unsigned h, tl;
static int pending;
static task *cur;
static void *triv(void *a) {
    return (char *)a + 1;
}
static void body(void *x) {
    task *t = x;
    for (;;) {
        t->res = t->fn(t->arg);
        t->done = 1;
        pending--;
        if (h != tl) {
            task *n = ring[h++ & 1023];
            cur = n;
            asmco_switch(&t->c, &n->c);
        } else
            asmco_switch(&t->c, &M);
    }
}
static void bodyL(void *x);
int main(int c, char **v) {
    long N = argn(c, v, 1, 10000000);
    size_t SS = 65536;
    char *st = mmap(0, 1000 * SS, 3,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    for (int i = 0; i < 1000; i++) {
        T[i].stk = st + (size_t)i * SS;
    }
    long sum = 0;
    for (int warm = 0; warm < 2; warm++) {
        int64_t t = now_ns();
        long L = warm ? N : 1000;
        for (long b = 0; b < L / 1000;
             b++) { // fresh boot frame every spawn (cost included)
            for (int i = 0; i < 1000; i++) {
                task *k = &T[i];
                k->fn = triv;
                k->arg = (void *)(long)i;
                k->done = 0;
                pending++;
                asmco_init(&k->c, k->stk, SS - (i % 64) * 64, body, k);
                ring[tl++ & 1023] = k;
            }
            task *n = ring[h++ & 1023];
            cur = n;
            asmco_switch(&M, &n->c);
            for (int i = 0; i < 1000; i++) {
                sum += (long)T[i].res;
            }
        }
        if (warm)
            out("stack_each_ns", (double)(now_ns() - t) / N);
    }
    // lazy: a single runner stack executes queued tasks until one suspends
    // (none do)
    {
        int64_t t = now_ns();
        static char rs[65536];
        for (long b = 0; b < N / 1000; b++) {
            for (int i = 0; i < 1000; i++) {
                task *k = &T[i];
                k->fn = triv;
                k->arg = (void *)(long)i;
                k->done = 0;
                pending++;
                ring[tl++ & 1023] = k;
            }
            asmco_init(&T[0].c, rs, sizeof rs, bodyL, 0);
            asmco_switch(&M, &T[0].c);
            for (int i = 0; i < 1000; i++)
                sum += (long)T[i].res;
        }
        out("lazy_stack_ns", (double)(now_ns() - t) / N);
    }
    // malloc'd task + lazy stack (what a general API does: calloc(160) per
    // task, free at join)
    {
        int64_t t = now_ns();
        static task *P[1000];
        static char rs[65536];
        for (long b = 0; b < N / 1000; b++) {
            for (int i = 0; i < 1000; i++) {
                task *k = calloc(1, 160);
                P[i] = k;
                k->fn = triv;
                k->arg = (void *)(long)i;
                pending++;
                ring[tl++ & 1023] = k;
            }
            ctx_t r;
            asmco_init(&T[0].c, rs, sizeof rs, bodyL, 0);
            asmco_switch(&M, &T[0].c);
            for (int i = 0; i < 1000; i++) {
                sum += (long)P[i]->res;
                free(P[i]);
            }
        }
        out("lazy_malloc_ns", (double)(now_ns() - t) / N);
    }
    if (sum == 42)
        puts("x");
    return 0;
}
static void bodyL(void *x) {
    (void)x;
    while (h != tl) {
        task *t = ring[h++ & 1023];
        cur = t;
        void *r = ((void *(*volatile)(void *))t->fn)(t->arg);
        t->res = r;
        t->done = 1;
        pending--;
    }
    static ctx_t d;
    asmco_switch(&d, &M);
}

// bounded-64 ring between two coroutines, direct switch when full/empty (one
// switch per 64 items). put/get are noinline function calls.
#include "../common/asmco.h"
#include "../common/bench.h"
static ctx_t P, C, M;
static uint64_t q[64];
static unsigned h, t;
static long N;
static uint64_t sum;
static __attribute__((noinline)) void put(uint64_t x) {
    while (t - h == 64)
        asmco_switch(&P, &C);
    q[t++ & 63] = x;
}
static __attribute__((noinline)) uint64_t get(void) {
    while (t == h)
        asmco_switch(&C, &P);
    return q[h++ & 63];
}
static void prod(void *x) {
    (void)x;
    for (long i = 0; i < N; i++)
        put(i);
    for (;;)
        asmco_switch(&P, &C);
}
static void cons(void *x) {
    (void)x;
    for (long i = 0; i < N; i++)
        sum += get();
    asmco_switch(&C, &M);
}
int main(int c, char **v) {
    N = argn(c, v, 1, 50000000);
    static char s1[65536], s2[65536];
    asmco_init(&P, s1, 65536, prod, 0);
    asmco_init(&C, s2, 65536 - 128, cons, 0);
    int64_t t0 = now_ns();
    asmco_switch(&M, &C);
    out("ns", (double)(now_ns() - t0) / N);
    return sum != (uint64_t)N * (N - 1) / 2;
}

#include "../common/bench.h"
#include <ucontext.h>
static ucontext_t m, u;
static void f(void) {
    for (;;)
        swapcontext(&u, &m);
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 4000000);
    static char st[65536];
    getcontext(&u);
    u.uc_stack.ss_sp = st;
    u.uc_stack.ss_size = sizeof st;
    makecontext(&u, f, 0);
    int64_t t = now_ns();
    for (long i = 0; i < N / 2; i++)
        swapcontext(&m, &u);
    out("ns", (double)(now_ns() - t) / N);
    return 0;
}

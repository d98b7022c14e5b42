#include "../common/bench.h"
typedef void *fc_t;
typedef struct {
    fc_t f;
    void *d;
} tr_t;
tr_t jump_fcontext(fc_t, void *);
fc_t make_fcontext(void *, size_t, void (*)(tr_t));
static void f(tr_t t) {
    for (;;)
        t = jump_fcontext(t.f, 0);
}
int main(int c, char **v) {
    long N = argn(c, v, 1, 20000000);
    static char st[65536];
    fc_t x = make_fcontext(st + sizeof st, sizeof st, f);
    tr_t r = jump_fcontext(x, 0);
    int64_t t = now_ns();
    for (long i = 0; i < N / 2; i++)
        r = jump_fcontext(r.f, 0);
    out("ns", (double)(now_ns() - t) / N);
    return 0;
}

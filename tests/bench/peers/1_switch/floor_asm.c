// two coroutines switching to each other by hand asm: ns per switch. (a)
// callee-saved function (b) inline asm, compiler saves only live regs
#include "../common/asmco.h"
#include "../common/bench.h"
static ctx_t A, B, M;
static long N;
static void fa(void *x) {
    (void)x;
    for (;;)
        asmco_switch(&A, &B);
}
static volatile long cnt;
static void fb(void *x) {
    (void)x;
    for (long i = 0; i < N / 2; i++)
        asmco_switch(&B, &A);
    asmco_switch(&B, &M);
}
__asm__(".globl boot2\nboot2:\n popq %rdi\n popq %rax\n callq *%rax\n ud2\n");
extern void boot2(void);
static void init2(ctx_t *c, char *st, size_t sz, void (*fn)(void *)) {
    void **s = (void **)(st + sz - 64);
    *--s = 0;
    *--s = (void *)fn;
    *--s = 0;
    *--s = (void *)boot2;
    c->sp = s;
}
static void ga(void *x) {
    (void)x;
    for (;;)
        ASMCO_INLINE_SWITCH(&A, &B);
}
static void gb(void *x) {
    (void)x;
    for (long i = 0; i < N / 2; i++)
        ASMCO_INLINE_SWITCH(&B, &A);
    ASMCO_INLINE_SWITCH(&B, &M);
}
int main(int c, char **v) {
    N = argn(c, v, 1, 50000000);
    static char s1[65536] __attribute__((aligned(64))),
        s2[65536] __attribute__((aligned(64)));
    asmco_init(&A, s1, sizeof s1, fa, 0);
    asmco_init(&B, s2, sizeof s2, fb, 0);
    int64_t t = now_ns();
    asmco_switch(&M, &B);
    double d = now_ns() - t;
    out("fn_ns", d / N);
    init2(&A, s1, sizeof s1, ga);
    init2(&B, s2, sizeof s2, gb);
    t = now_ns();
    ASMCO_INLINE_SWITCH(&M, &B);
    d = now_ns() - t;
    out("inline_ns", d / N);
    return 0;
}

// hand-written symmetric switch (SysV x86-64): 6 callee-saved registers + rsp,
// no mxcsr/x87cw, no syscalls.
#ifndef ASMCO_H
#define ASMCO_H
#include <stdint.h>
#include <sys/mman.h>
typedef struct {
    void *sp;
} ctx_t;
void asmco_switch(ctx_t *from, ctx_t *to);
__asm__(
    ".text\n.globl asmco_switch\n.type asmco_switch,@function\n.p2align 4\n"
    "asmco_switch:\n"
    " pushq %rbp\n pushq %rbx\n pushq %r12\n pushq %r13\n pushq %r14\n pushq "
    "%r15\n"
    " movq %rsp,(%rdi)\n movq (%rsi),%rsp\n"
    " popq %r15\n popq %r14\n popq %r13\n popq %r12\n popq %rbx\n popq %rbp\n"
    " popq %rcx\n jmp *%rcx\n" // pop+jmp: avoids return-stack mispredict on
                               // every switch
    ".size asmco_switch,.-asmco_switch\n"
    ".globl asmco_boot\n.p2align 4\nasmco_boot:\n movq %r13,%rdi\n xorl "
    "%ebp,%ebp\n callq *%r12\n ud2\n");
extern void asmco_boot(void);
static inline void asmco_init(ctx_t *c, void *stack, size_t sz,
                              void (*fn)(void *), void *arg) {
    uintptr_t top = ((uintptr_t)stack + sz) & ~(uintptr_t)15;
    void **s = (void **)top;
    *--s = 0;                  // alignment pad
    *--s = (void *)asmco_boot; // return
    *--s = 0;                  /*rbp*/
    *--s = 0;                  /*rbx*/
    *--s = (void *)fn;         /*r12*/
    *--s = arg;                /*r13*/
    *--s = 0;
    *--s = 0;
    c->sp = s;
}
// variant whose clobbers let the compiler save only what is live (fastest
// possible stackful switch)
#define ASMCO_INLINE_SWITCH(from, to)                                          \
    do {                                                                       \
        void *_f = (from), *_t = (to);                                         \
        __asm__ volatile(                                                      \
            "leaq 1f(%%rip),%%rax\n pushq %%rbp\n pushq %%rbx\n pushq "        \
            "%%rax\n movq %%rsp,(%0)\n movq (%1),%%rsp\n popq %%rax\n jmp "    \
            "*%%rax\n 1: popq %%rbx\n popq %%rbp\n"                            \
            : "+D"(_f), "+S"(_t)::"rax", "rcx", "rdx", "r8", "r9", "r10",      \
              "r11", "r12", "r13", "r14", "r15", "memory", "cc", "xmm0",       \
              "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",  \
              "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");   \
    } while (0)
#endif

// switch_x86_64.S - lab_switch and lab_switch_make for the System V ABI.
//
// A suspended stack ends like this, from its stack pointer upwards:
//
//      0  scratch (4 bytes), x87 control word (2), unused (2)
//      8  r15   16 r14   24 r13   32 r12   40 rbx   48 rbp
//     56  where to continue
//
// The control word is part of it because fesetround() in one task must not
// change the rounding of another. That, and feenableexcept(), say the same to
// the x87 unit and to SSE, whose MXCSR is slow to read: so if the x87 words of
// both stacks are equal, nothing is done, and else MXCSR gets what the x87 word
// says. What only MXCSR has (flush to zero) is the thread's.
//
// The last step is a `ret`, and every task comes here by the same calls. So the
// processor, which remembers where calls came from, predicts this `ret` and the
// following ones correctly. (After a jump here it would be one call off, and
// mispredict each of them.)

#ifdef __CET__
#define LANDING endbr64
#else
#define LANDING
#endif

        .text

// void *lab_switch(void **save rdi, void *to rsi, void *value rdx)
        .globl  lab_switch
        .type   lab_switch, @function
        .balign 16
lab_switch:
        .cfi_startproc
        LANDING
        pushq   %rbp
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset rbp, 0
        pushq   %rbx
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset rbx, 0
        pushq   %r12
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset r12, 0
        pushq   %r13
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset r13, 0
        pushq   %r14
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset r14, 0
        pushq   %r15
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset r15, 0
        subq    $8, %rsp
        .cfi_adjust_cfa_offset 8
        fnstcw  4(%rsp)
        movzwl  4(%rsp), %r8d
        movq    %rsp, (%rdi)
        movq    %rsi, %rsp              // from here on, the other stack
        cmpw    %r8w, 4(%rsp)
        jne     .Lcontrol
.Lrest: addq    $8, %rsp
        .cfi_remember_state
        .cfi_adjust_cfa_offset -8
        popq    %r15
        .cfi_adjust_cfa_offset -8
        .cfi_same_value r15
        popq    %r14
        .cfi_adjust_cfa_offset -8
        .cfi_same_value r14
        popq    %r13
        .cfi_adjust_cfa_offset -8
        .cfi_same_value r13
        popq    %r12
        .cfi_adjust_cfa_offset -8
        .cfi_same_value r12
        popq    %rbx
        .cfi_adjust_cfa_offset -8
        .cfi_same_value rbx
        popq    %rbp
        .cfi_adjust_cfa_offset -8
        .cfi_same_value rbp
        movq    %rdx, %rax
        ret
        .cfi_restore_state
.Lcontrol:                              // rounding and masks, bits 7 to 14
        fldcw   4(%rsp)
        stmxcsr (%rsp)
        movl    (%rsp), %ecx
        andl    $~0x7f80, %ecx
        movzwl  4(%rsp), %r8d
        movl    %r8d, %r9d
        andl    $0x3f, %r8d             // which exceptions are masked
        shll    $7, %r8d
        andl    $0xc00, %r9d            // which way to round
        shll    $3, %r9d
        orl     %r8d, %ecx
        orl     %r9d, %ecx
        movl    %ecx, (%rsp)
        ldmxcsr (%rsp)
        jmp     .Lrest
        .cfi_endproc
        .size   lab_switch, .-lab_switch

// void *lab_switch_make(char *top rdi, body rsi, arg rdx)
        .globl  lab_switch_make
        .type   lab_switch_make, @function
        .balign 16
lab_switch_make:
        .cfi_startproc
        LANDING
        andq    $-16, %rdi
        leaq    -72(%rdi), %rax         // 8 words and one to align the call
        movq    $0, (%rax)
        fnstcw  4(%rax)                 // born with its maker's control word
        xorl    %ecx, %ecx
        movq    %rcx, 8(%rax)
        movq    %rcx, 16(%rax)
        movq    %rcx, 24(%rax)
        movq    %rdx, 32(%rax)          // r12: arg
        movq    %rsi, 40(%rax)          // rbx: body
        movq    %rcx, 48(%rax)          // rbp 0: the end of the frames
        leaq    lab_switch_start(%rip), %rcx
        movq    %rcx, 56(%rax)
        ret
        .cfi_endproc
        .size   lab_switch_make, .-lab_switch_make

// The first code on a new stack; every unwinder ends here.
        .type   lab_switch_start, @function
        .balign 16
lab_switch_start:
        .cfi_startproc
        .cfi_undefined rip
        .cfi_undefined rbp
        LANDING
        subq    $8, %rsp
        andq    $-16, %rsp
        movq    %r12, %rdi
        movq    %rax, %rsi
        call    *%rbx
        ud2
        .cfi_endproc
        .size   lab_switch_start, .-lab_switch_start

        .section .note.GNU-stack, "", @progbits

#ifdef __CET__
// Indirect branches land where they may (IBT); but a stack of its own for
// each task breaks a hardware shadow stack, so SHSTK is not claimed.
        .section .note.gnu.property, "a"
        .balign 8
        .long   4, 16, 5
        .asciz  "GNU"
        .long   0xc0000002, 4, 1, 0
#endif

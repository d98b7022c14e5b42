// switch_aarch64.S - lab_switch and lab_switch_make for AAPCS64.
//
// A suspended stack ends like this, from its stack pointer upwards:
//
//      0  x19-x28 (80 bytes)   80 x29  88 x30 (where to continue)
//     96  d8-d15 (64 bytes)   160 FPCR  168 unused
//
// FPCR is part of it because fesetround() in one task must not change the
// rounding of another; it is loaded only if it differs.

#ifdef __ARM_FEATURE_BTI_DEFAULT
#define LANDING hint #34 /* bti c */
#else
#define LANDING
#endif
#define FRAME 176

        .text

// void *lab_switch(void **save x0, void *to x1, void *value x2)
        .globl  lab_switch
        .type   lab_switch, %function
        .balign 16
lab_switch:
        .cfi_startproc
        LANDING
        sub     sp, sp, #FRAME
        .cfi_adjust_cfa_offset FRAME
        stp     x19, x20, [sp]
        stp     x21, x22, [sp, #16]
        stp     x23, x24, [sp, #32]
        stp     x25, x26, [sp, #48]
        stp     x27, x28, [sp, #64]
        stp     x29, x30, [sp, #80]
        .cfi_rel_offset x19, 0
        .cfi_rel_offset x20, 8
        .cfi_rel_offset x21, 16
        .cfi_rel_offset x22, 24
        .cfi_rel_offset x23, 32
        .cfi_rel_offset x24, 40
        .cfi_rel_offset x25, 48
        .cfi_rel_offset x26, 56
        .cfi_rel_offset x27, 64
        .cfi_rel_offset x28, 72
        .cfi_rel_offset x29, 80
        .cfi_rel_offset x30, 88
        stp     d8, d9, [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
        mrs     x9, fpcr
        str     x9, [sp, #160]
        mov     x10, sp
        str     x10, [x0]
        mov     sp, x1                  // from here on, the other stack
        ldr     x10, [sp, #160]
        cmp     x9, x10
        b.eq    1f
        msr     fpcr, x10
1:      ldp     x19, x20, [sp]
        ldp     x21, x22, [sp, #16]
        ldp     x23, x24, [sp, #32]
        ldp     x25, x26, [sp, #48]
        ldp     x27, x28, [sp, #64]
        ldp     x29, x30, [sp, #80]
        ldp     d8, d9, [sp, #96]
        ldp     d10, d11, [sp, #112]
        ldp     d12, d13, [sp, #128]
        ldp     d14, d15, [sp, #144]
        add     sp, sp, #FRAME
        .cfi_adjust_cfa_offset -FRAME
        mov     x0, x2
        ret
        .cfi_endproc
        .size   lab_switch, .-lab_switch

// void *lab_switch_make(char *top x0, body x1, arg x2)
        .globl  lab_switch_make
        .type   lab_switch_make, %function
        .balign 16
lab_switch_make:
        .cfi_startproc
        LANDING
        and     x0, x0, #-16
        sub     x0, x0, #FRAME
        stp     x1, x2, [x0]            // x19: body, x20: arg
        stp     xzr, xzr, [x0, #16]
        stp     xzr, xzr, [x0, #32]
        stp     xzr, xzr, [x0, #48]
        stp     xzr, xzr, [x0, #64]
        adr     x9, lab_switch_start
        stp     xzr, x9, [x0, #80]      // x29 0: the end of the frames
        stp     xzr, xzr, [x0, #96]
        stp     xzr, xzr, [x0, #112]
        stp     xzr, xzr, [x0, #128]
        stp     xzr, xzr, [x0, #144]
        mrs     x9, fpcr                // born with its maker's rounding
        stp     x9, xzr, [x0, #160]
        ret
        .cfi_endproc
        .size   lab_switch_make, .-lab_switch_make

// The first code on a new stack; every unwinder ends here.
        .type   lab_switch_start, %function
        .balign 16
lab_switch_start:
        .cfi_startproc
        .cfi_undefined x30
        hint    #36                     // bti j; reached by ret
        mov     x1, x0
        mov     x0, x20
        mov     x29, xzr
        mov     x30, xzr
        blr     x19
        brk     #1
        .cfi_endproc
        .size   lab_switch_start, .-lab_switch_start

        .section .note.GNU-stack, "", %progbits

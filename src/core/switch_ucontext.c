// switch_ucontext.c - lab_switch and lab_switch_make on swapcontext, for
// machines without a file of their own. Slow: it saves the signal mask by a
// system call. The context of a suspended stack lies on that stack.

#include "core/coroutine.h"

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

struct frame {
    ucontext_t context;
    void *value; // what the next switch to here returns
    void (*body)(void *, void *);
    void *arg;
};

void *lab_switch(void **save, void *to, void *value) {
    struct frame here;
    struct frame *there = to;
    here.value = NULL;
    *save = &here;
    there->value = value;
    swapcontext(&here.context, &there->context);
    return here.value;
}

// makecontext passes ints only; a pointer is sent as two halves.
static void start(unsigned high, unsigned low) {
    struct frame *frame =
        (struct frame *)(uintptr_t)((uint64_t)high << 32 | low);
    frame->body(frame->arg, frame->value);
}

void *lab_switch_make(char *top, void (*body)(void *, void *), void *arg) {
    enum { ROOM = 48 * 1024 }; // only its sum with ss_sp matters: the top
    uintptr_t place = ((uintptr_t)top - sizeof(struct frame)) & ~(uintptr_t)63;
    struct frame *frame = (struct frame *)place;
    memset(frame, 0, sizeof *frame);
    frame->body = body;
    frame->arg = arg;
    getcontext(&frame->context);
    frame->context.uc_stack.ss_sp = (char *)place - ROOM;
    frame->context.uc_stack.ss_size = ROOM;
    makecontext(&frame->context, (void (*)(void))start, 2,
                (unsigned)((uint64_t)place >> 32), (unsigned)place);
    return frame;
}

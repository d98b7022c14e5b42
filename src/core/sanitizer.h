// sanitizer.h - what AddressSanitizer, ThreadSanitizer and Valgrind must be
// told when the stack changes. Without them all of this is empty.
//
// ASan keeps the bounds of the running stack and a fake stack beside it. TSan
// has a fiber for each stack; it is expensive, so it stays with the stack.
// Valgrind only needs to know where stacks are.

#ifndef LAB_CORE_SANITIZER_H
#define LAB_CORE_SANITIZER_H

#include "core/coroutine.h"

#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define LAB_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LAB_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define LAB_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LAB_TSAN 1
#endif
#endif

#if defined(LAB_ASAN) || defined(LAB_TSAN)
enum { LAB_SANITIZED = 1 };
#else
enum { LAB_SANITIZED = 0 };
#endif

#ifdef LAB_ASAN
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>

// The bounds of the thread's own stack, which it takes long to find.
static inline void sanitize_adopt(struct lab_coroutine *coroutine) {
    static _Thread_local void *low;
    static _Thread_local size_t size;
    pthread_attr_t attributes;
    if (!low && pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstack(&attributes, &low, &size);
        pthread_attr_destroy(&attributes);
    }
    coroutine->low = low;
    coroutine->size = size;
}
// A leak check must look for pointers on suspended stacks too, but not in their
// guards, which it would run into.
static inline void sanitize_stack_new(struct lab_stack *stack) {
    __lsan_register_root_region(stack->low + LAB_STACK_GUARD,
                                stack->size - LAB_STACK_GUARD);
}
static inline void sanitize_stack_end(struct lab_stack *stack) {
    __lsan_unregister_root_region(stack->low + LAB_STACK_GUARD,
                                  stack->size - LAB_STACK_GUARD);
}
// Frames that never returned are still marked as in use.
static inline void sanitize_stack_put(struct lab_stack *stack) {
    __asan_unpoison_memory_region(stack->low, stack->size);
}
#define SANITIZE_LEAVE(from, to, forever)                                      \
    __sanitizer_start_switch_fiber((forever) ? NULL : &(from)->fake,           \
                                   (to)->low, (to)->size)
#define SANITIZE_ARRIVE(at) __sanitizer_finish_switch_fiber((at)->fake, 0, 0)
#define SANITIZE_ENTER() __sanitizer_finish_switch_fiber(NULL, 0, 0)
#define LAB_NO_SANITIZE_THREAD

#elif defined(LAB_TSAN)
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);

static inline void sanitize_adopt(struct lab_coroutine *coroutine) {
    coroutine->fiber = __tsan_get_current_fiber();
}
static inline void sanitize_stack_new(struct lab_stack *stack) {
    stack->fiber = __tsan_create_fiber(0);
}
static inline void sanitize_stack_end(struct lab_stack *stack) {
    __tsan_destroy_fiber(stack->fiber);
}
static inline void sanitize_stack_put(struct lab_stack *stack) {
    (void)stack;
}
// Must stand right before the switch, in the same uninstrumented function.
#define SANITIZE_LEAVE(from, to, forever) __tsan_switch_to_fiber((to)->fiber, 0)
#define SANITIZE_ARRIVE(at) (void)(at)
#define SANITIZE_ENTER() (void)0
// clang's no_sanitize still counts calls and returns, and on a stack that is
// abandoned the returns never come.
#if defined(__clang__)
#define LAB_NO_SANITIZE_THREAD                                                 \
    __attribute__((disable_sanitizer_instrumentation))
#else
#define LAB_NO_SANITIZE_THREAD __attribute__((no_sanitize("thread")))
#endif

#else
static inline void sanitize_adopt(struct lab_coroutine *coroutine) {
    (void)coroutine;
}
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define VALGRIND_KNOW(low, high) VALGRIND_STACK_REGISTER(low, high)
#define VALGRIND_FORGET(id) VALGRIND_STACK_DEREGISTER(id)
#else
#define VALGRIND_KNOW(low, high) 0
#define VALGRIND_FORGET(id) (void)(id)
#endif
static inline void sanitize_stack_new(struct lab_stack *stack) {
    stack->fiber =
        (void *)(uintptr_t)VALGRIND_KNOW(stack->low, stack->low + stack->size);
}
// Valgrind looks through all the stacks it knows at each switch.
static inline void sanitize_stack_end(struct lab_stack *stack) {
    VALGRIND_FORGET((unsigned)(uintptr_t)stack->fiber);
}
static inline void sanitize_stack_put(struct lab_stack *stack) {
    (void)stack;
}
#define SANITIZE_LEAVE(from, to, forever) (void)(from)
#define SANITIZE_ARRIVE(at) (void)(at)
#define SANITIZE_ENTER() (void)0
#define LAB_NO_SANITIZE_THREAD
#endif

#endif

// here.h - where in the source something was asked for.
//
// Use:
//     #define lab_spawn (LAB_HERE, lab_spawn_here)
//
// A macro of this form stands for the name alone, without its arguments: so
// compilers agree on the line of a call that takes several. Where calls are
// nested, the place of the innermost counts.

#ifndef LAB_CORE_HERE_H
#define LAB_CORE_HERE_H

struct lab_site {
    const char *file;
    int line;
};

// Where the running task, or a worker's job, has made its last call from.
extern _Thread_local struct lab_site lab_here;

// The watchdog looks at it from its own thread (see detector.h).
static inline void lab_here_set(const char *file, int line) {
    __atomic_store_n(&lab_here.file, file, __ATOMIC_RELAXED);
    __atomic_store_n(&lab_here.line, line, __ATOMIC_RELAXED);
}

#define LAB_HERE lab_here_set(__FILE__, __LINE__)

#endif

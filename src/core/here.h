// here.h - where in the source a function was called.
//
// Use, beside the prototype of the function:
//     #define lab_spawn (LAB_HERE, lab_spawn_here)
//     #define lab_sleep LAB_COVER(lab_sleep)
//
// The first notes the place of every call, because it identifies a task. The
// second, a cover, does so only in demos, for the record; elsewhere it is the
// plain function. tests/covers checks that no cover is missing.
//
// Such a macro replaces only the name, without its arguments, so that compilers
// agree on the line of a call that spans several. In nested calls the place of
// the innermost counts. A type of the same name would be replaced too, so there
// is none.

#ifndef LAB_CORE_HERE_H
#define LAB_CORE_HERE_H

struct lab_site {
    const char *file;
    int line;
};

// Where the running task, or a worker's job, made its last call.
extern _Thread_local struct lab_site lab_here;

// The watchdog looks at it from its own thread (see detector.h).
static inline void lab_here_set(const char *file, int line) {
    __atomic_store_n(&lab_here.file, file, __ATOMIC_RELAXED);
    __atomic_store_n(&lab_here.line, line, __ATOMIC_RELAXED);
}

// Loaded as it was stored, field by field: a load of more than was stored last
// waits until that has reached the cache, which takes as long as a switch.
static inline struct lab_site lab_here_get(void) {
    return (struct lab_site){lab_here.file, lab_here.line};
}

#ifdef LAB_ELSEWHERE
#define LAB_HERE ((void)0)
#else
#define LAB_HERE lab_here_set(__FILE__, __LINE__)
#endif

// lab.h asks for covers.
#ifdef LAB_COVERED
#define LAB_COVER(function) (LAB_HERE, function)
#else
#define LAB_COVER(function) function
#endif

#endif

// here.h - where in the source something was asked for.
//
// Use, beside the prototype of the function:
//     #define lab_spawn (LAB_HERE, lab_spawn_here)
//     #define lab_sleep LAB_COVER(lab_sleep)
//
// The first notes the place of every call, since a task is named by it. The
// second, a cover, does so in demos alone, for the record; elsewhere the
// function is plain. tests/covers checks that no cover is forgotten.
//
// Such a macro stands for the name alone, without its arguments: so compilers
// agree on the line of a call that takes several lines. Where calls are nested,
// the place of the innermost counts. It would hit a type of that name, too, so
// there is none.

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

// lab.h asks for covers.
#ifdef LAB_COVERED
#define LAB_COVER(function) (LAB_HERE, function)
#else
#define LAB_COVER(function) function
#endif

#endif

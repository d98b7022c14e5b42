// allocations.c - loaded before libc, it fails the allocation it is told to.
//
// Whose an allocation is, is decided by the code that asked: ours if that is
// in the program itself or in a demo, which looplab loads from a copy in
// memory; foreign if it is in a library, libc and the dynamic linker among
// them. Out of reach are what was allocated before this library was set up,
// and what asks the system itself (mmap), such as the stacks of tasks.

#include "report.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// libc's own, under the names that are not taken over here.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct report *report; // NULL until it is known
static uintptr_t program_low, program_high;

// --- whose is it?

static int find_program(struct dl_phdr_info *info, size_t size, void *arg) {
    (void)size;
    (void)arg;
    program_low = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t low = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        uintptr_t high = low + info->dlpi_phdr[i].p_memsz;
        if (info->dlpi_phdr[i].p_type != PT_LOAD)
            continue;
        program_low = low < program_low ? low : program_low;
        program_high = high > program_high ? high : program_high;
    }
    return 1; // the first is the program
}

static bool is_ours(const void *caller) {
    static const char copy[] = "/proc/self/fd/";
    uintptr_t at = (uintptr_t)caller;
    Dl_info info;
    if (at >= program_low && at < program_high)
        return true;
    return dladdr(caller, &info) &&
           strncmp(info.dli_fname, copy, sizeof copy - 1) == 0;
}

static void note(const void *caller) {
    Dl_info info;
    const char *name = "nobody known";
    if (dladdr(caller, &info) && info.dli_fname)
        name = info.dli_fname;
    const char *slash = strrchr(name, '/');
    snprintf(report->who, sizeof report->who, "%s", slash ? slash + 1 : name);
}

static bool fails(const void *caller) {
    if (!report || (!report->foreign && !is_ours(caller)))
        return false;
    long n = atomic_fetch_add(&report->count, 1) + 1;
    if (n != report->at && !(report->for_good && report->at && n > report->at))
        return false;
    if (atomic_fetch_add(&report->failed, 1) == 0)
        report->ours = is_ours(caller);
    note(caller);
    errno = ENOMEM;
    return true;
}

// --- in the place of libc's

#define CALLER __builtin_return_address(0)

__attribute__((malloc)) void *malloc(size_t size) {
    return fails(CALLER) ? NULL : __libc_malloc(size);
}

__attribute__((malloc)) void *calloc(size_t count, size_t size) {
    return fails(CALLER) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    return fails(CALLER) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || fails(CALLER))
        return NULL;
    return __libc_realloc(old, bytes);
}

__attribute__((malloc)) void *memalign(size_t alignment, size_t size) {
    return fails(CALLER) ? NULL : __libc_memalign(alignment, size);
}

__attribute__((malloc)) void *aligned_alloc(size_t alignment, size_t size) {
    return fails(CALLER) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    if (fails(CALLER))
        return ENOMEM;
    *out = __libc_memalign(alignment, size);
    return *out ? 0 : ENOMEM;
}

// --- the library's life

enum { FILES = 64 }; // more than any scene opens at a time

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv(REPORT_FD);
    int fd = text ? atoi(text) : -1;
    dl_iterate_phdr(find_program, NULL);
    struct report *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (shared == MAP_FAILED)
        _exit(99); // a fault that is never there would be none
    report = shared;
}

__attribute__((destructor)) static void end(void) {
    long (*live)(void);
    void *symbol = dlsym(RTLD_DEFAULT, "lab_alloc_live");
    memcpy(&live, &symbol, sizeof live);
    report->live = symbol ? live() : 0;
    report->files = 0;
    for (int fd = 0; fd < FILES; fd++)
        report->files += fcntl(fd, F_GETFD) >= 0;
}

// Where the variables are is in the program headers of the object:
//
//     segment, writable:  | RELRO: read-only once loaded | .data | .bss |
//     kept:                                              |<----------->|
//     segment, thread:    what .tdata and .tbss of a new thread begin with
//
// A page is read-only or it is not, so what is kept begins with a whole one.

#include "demo/variables.h"

#include "base/alloc.h"
#include "base/die.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

enum { PARTS = 8 }; // writable segments; linkers make one or two

// Some bytes of the object, and what they were.
struct part {
    char *at;
    size_t size;
    char *kept;
};

struct lab_variables {
    const void *address;
    struct part parts[PARTS];
    size_t count;
    bool has_threads; // is some of it each thread's own?
};

typedef void found_fn(struct lab_variables *variables,
                      const struct dl_phdr_info *object);

// Copies [size] bytes, one at a time: memcpy under a sanitizer would find fault
// with those between two variables, which no program may touch.
__attribute__((no_sanitize("address", "thread"))) static void
copy(char *to, const char *from, size_t size) {
    volatile char *out = to; // or else the compiler calls memcpy after all
    for (size_t i = 0; i < size; i++)
        out[i] = from[i];
}

// --- which object?

struct search {
    struct lab_variables *variables;
    found_fn *found;
};

static bool has_address(const struct dl_phdr_info *object,
                        const void *address) {
    uintptr_t offset = (uintptr_t)address - object->dlpi_addr;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type == PT_LOAD && offset >= segment->p_vaddr &&
            offset - segment->p_vaddr < segment->p_memsz)
            return true;
    }
    return false;
}

static int look_at(struct dl_phdr_info *object, size_t size, void *arg) {
    struct search *search = arg;
    (void)size;
    if (!has_address(object, search->variables->address))
        return 0;
    search->found(search->variables, object);
    return 1;
}

static void find(struct lab_variables *variables, found_fn *found) {
    struct search search = {variables, found};
    int is_found = dl_iterate_phdr(look_at, &search);
    lab_assert(is_found);
}

// --- what is kept of it?

// Where what begins at [from] can be written: after the pages that are
// read-only since the object was loaded.
static uintptr_t writable_from(const struct dl_phdr_info *object,
                               uintptr_t from) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *relro = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + relro->p_vaddr;
        uintptr_t end = (start + relro->p_memsz) & ~(page - 1);
        if (relro->p_type == PT_GNU_RELRO && start <= from && from < end)
            return end;
    }
    return from;
}

static void keep_part(struct lab_variables *variables, uintptr_t from,
                      uintptr_t to) {
    lab_assert(variables->count < PARTS);
    struct part *part = &variables->parts[variables->count++];
    *part = (struct part){.at = (char *)from, .size = to - from};
    part->kept = lab_alloc(part->size);
    copy(part->kept, part->at, part->size);
}

static void keep(struct lab_variables *variables,
                 const struct dl_phdr_info *object) {
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + segment->p_vaddr;
        uintptr_t from = writable_from(object, start);
        uintptr_t to = start + segment->p_memsz;
        variables->has_threads |= segment->p_type == PT_TLS;
        if (segment->p_type == PT_LOAD && (segment->p_flags & PF_W) &&
            from < to)
            keep_part(variables, from, to);
    }
}

struct lab_variables *lab_variables_keep(const void *address) {
    struct lab_variables *variables = lab_alloc(sizeof *variables);
    variables->address = address;
    find(variables, keep);
    return variables;
}

// --- putting it back

// A thread that has not used its variables yet has none.
static void restore_thread(struct lab_variables *variables,
                           const struct dl_phdr_info *object) {
    char *own = object->dlpi_tls_data;
    (void)variables;
    for (int i = 0; own && i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_TLS)
            continue;
        copy(own, (const char *)(object->dlpi_addr + segment->p_vaddr),
             segment->p_filesz);
        for (size_t at = segment->p_filesz; at < segment->p_memsz; at++)
            copy(own + at, "", 1);
    }
}

void lab_variables_restore(struct lab_variables *variables) {
    for (size_t i = 0; i < variables->count; i++) {
        const struct part *part = &variables->parts[i];
        copy(part->at, part->kept, part->size);
    }
    if (variables->has_threads)
        find(variables, restore_thread);
}

void lab_variables_free(struct lab_variables *variables) {
    if (!variables)
        return;
    for (size_t i = 0; i < variables->count; i++)
        lab_free(variables->parts[i].kept);
    lab_free(variables);
}

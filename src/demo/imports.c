// The names are in the object's dynamic section:
//
//     dynamic section --> symbols:  | taken from elsewhere | its own |
//                     --> names     `-- the hash begins here --^
//
// The hash serves to find the object's own symbols and has no others, so
// linkers put the imported ones first.

#include "demo/imports.h"

#include "base/alloc.h"
#include "demo/libraries.h"

#include <string.h>

// What holds the thread or ends it, and what gives it away instead.
static const struct {
    const char *names; // with a space between them
    const char *instead;
} rows[] = {
    {"sleep usleep nanosleep clock_nanosleep thrd_sleep",
     "lab_sleep, or lab_block in a pool"},
    {"pthread_mutex_lock pthread_mutex_timedlock pthread_rwlock_rdlock "
     "pthread_rwlock_wrlock pthread_spin_lock mtx_lock mtx_timedlock",
     "lab_lock_acquire"},
    {"pthread_cond_wait pthread_cond_timedwait cnd_wait cnd_timedwait",
     "lab_condition_wait"},
    {"sem_wait sem_timedwait", "lab_semaphore_acquire"},
    {"pthread_barrier_wait", "lab_barrier_wait"},
    {"pthread_create thrd_create", "lab_offload"},
    {"pthread_join thrd_join", "lab_await"},
    {"poll __poll_chk ppoll __ppoll_chk select pselect epoll_wait epoll_pwait "
     "recv __recv_chk recvfrom __recvfrom_chk recvmsg",
     "lab_read"},
    {"send sendto sendmsg", "lab_write"},
    {"accept accept4", "lab_accept"},
    {"connect", "lab_connect"},
    {"wait waitpid system", "lab_offload"},
    {"exit _exit _Exit quick_exit pthread_exit", "return"},
};

// What the symbols are read from.
struct symbols {
    const ElfW(Sym) * all;
    const char *names;
    size_t count; // of those that are imported
};

static struct symbols symbols_of(const struct link_map *object) {
    const ElfW(Word) *hash = lab_libraries_entry(object, DT_GNU_HASH);
    return (struct symbols){.all = lab_libraries_entry(object, DT_SYMTAB),
                            .names = lab_libraries_entry(object, DT_STRTAB),
                            .count = hash ? hash[1] : 0};
}

static bool has(const struct symbols *symbols, const char *name, size_t n) {
    for (size_t i = 1; i < symbols->count; i++) {
        const char *at = symbols->names + symbols->all[i].st_name;
        if (symbols->all[i].st_shndx == SHN_UNDEF &&
            strncmp(at, name, n) == 0 && at[n] == '\0')
            return true;
    }
    return false;
}

// Finds the first of [names] that is imported, and returns its length; 0 if
// none is.
static size_t find_first(const struct symbols *symbols, const char **names) {
    size_t n;
    while ((n = strcspn(*names, " ")) > 0) {
        if (has(symbols, *names, n))
            return n;
        *names += n + ((*names)[n] == ' ');
    }
    return 0;
}

// What the compiler checks it calls by another name: __poll_chk is poll.
static void put_name(struct lab_text *out, const char *name, size_t n) {
    bool checked = strncmp(name, "__", 2) == 0;
    lab_text_write(out, name + (checked ? 2 : 0), n - (checked ? 6 : 0));
}

bool lab_imports_warn(const struct link_map *object, struct lab_text *warning) {
    struct symbols symbols = symbols_of(object);
    bool any = false;
    for (size_t i = 0; i < countof(rows); i++) {
        const char *name = rows[i].names;
        size_t n = find_first(&symbols, &name);
        if (n == 0)
            continue;
        lab_text_put(warning, any ? ", "
                                  : "calls what stops the loop and every "
                                    "task on it: ");
        put_name(warning, name, n);
        lab_text_printf(warning, " (use %s)", rows[i].instead);
        any = true;
    }
    return any;
}

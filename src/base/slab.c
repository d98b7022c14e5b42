#include "base/slab.h"

#include "base/alloc.h"
#include "base/die.h"

#include <stdint.h>
#include <string.h>

// Items whose size is a multiple of a line of the cache begin at one.
enum { FIRST = 16, MOST = 1024, LINE = 64 };

// At the front of a chunk, and of a free item.
struct link {
    void *next;
};

static void push(void **list, void *item) {
    ((struct link *)item)->next = *list;
    *list = item;
}

static void *pop(void **list) {
    struct link *link = *list;
    *list = link->next;
    return link;
}

// A sanitizer shall see who uses what was put back, and a test what was not:
// so it is then malloc's.
#if defined(__SANITIZE_ADDRESS__)
#define EACH_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ALONE 1
#endif
#endif

#ifdef EACH_ALONE
static void grow(struct lab_slab *slab) {
    push(&slab->items, lab_alloc(slab->size));
}

void lab_slab_put(struct lab_slab *slab, void *item) {
    slab->out--;
    lab_free(item);
}
#else
static void grow(struct lab_slab *slab) {
    size_t count = slab->next ? slab->next : FIRST;
    char *chunk = lab_alloc(2 * LINE + count * slab->size);
    char *first = chunk + 2 * LINE - (uintptr_t)chunk % LINE;
    push(&slab->chunks, chunk);
    slab->next = count < MOST ? 2 * count : MOST;
    for (size_t i = count; i-- > 0;) // the first is taken first
        push(&slab->items, first + i * slab->size);
}

void lab_slab_put(struct lab_slab *slab, void *item) {
    slab->out--;
    push(&slab->items, item);
}
#endif

void *lab_slab_take(struct lab_slab *slab) {
    if (!slab->items)
        grow(slab);
    slab->out++;
    return memset(pop(&slab->items), 0, slab->size);
}

void lab_slab_free(struct lab_slab *slab) {
    lab_assert(slab->out == 0); // somebody still uses one
    while (slab->chunks)
        lab_free(pop(&slab->chunks));
    *slab = (struct lab_slab){.size = slab->size};
}

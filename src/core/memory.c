#include "core/memory.h"

#include "base/alloc.h"
#include "core/misuse.h"
#include "core/run_internal.h"

struct memory {
    size_t size;
    max_align_t bytes[];
};

// Two workers may be the first to ask at the same moment; one block wins.
static struct memory *first(struct run *run, size_t size) {
    struct memory *other = NULL, *own = lab_alloc(sizeof *own + size);
    own->size = size;
    if (atomic_compare_exchange_strong(&run->memory, &other, own))
        return own;
    lab_free(own);
    return other;
}

void *lab_state(size_t size) {
    struct run *run = lab_run_checked();
    struct memory *memory = atomic_load(&run->memory);
    if (!memory)
        memory = first(run, size);
    if (memory->size != size)
        lab_misuse("lab_state was asked for %zu bytes, and earlier in this run "
                   "for %zu; it takes the same size at each call",
                   size, memory->size);
    return memory->bytes;
}

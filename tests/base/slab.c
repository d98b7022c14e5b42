#include "base/slab.h"

#include "test.h"

#include <stdint.h>
#include <string.h>

struct item {
    char bytes[40];
    double aligned;
};

TEST(an_item_is_zeroed_and_aligned_whatever_was_in_it) {
    struct lab_slab slab = {.size = sizeof(struct item)};
    for (int i = 0; i < 3; i++) {
        struct item *item = lab_slab_take(&slab);
        CHECK_INT((uintptr_t)item % _Alignof(struct item), 0);
        CHECK(item->bytes[0] == 0 && item->bytes[39] == 0);
        CHECK(item->aligned == 0);
        memset(item, 0x5a, sizeof *item);
        lab_slab_put(&slab, item);
    }
    lab_slab_free(&slab);
}

TEST(ten_thousand_items_are_all_apart) {
    enum { MANY = 10000 };
    static struct item *items[MANY];
    struct lab_slab slab = {.size = sizeof(struct item)};
    for (int i = 0; i < MANY; i++) {
        items[i] = lab_slab_take(&slab);
        items[i]->aligned = i;
    }
    for (int i = 0; i < MANY; i++) {
        CHECK(items[i]->aligned == i);
        lab_slab_put(&slab, items[i]);
    }
    lab_slab_free(&slab);
}

TEST(a_freed_slab_is_an_empty_one) {
    struct lab_slab slab = {.size = sizeof(struct item)};
    for (int i = 0; i < 2; i++) {
        lab_slab_put(&slab, lab_slab_take(&slab));
        lab_slab_free(&slab);
    }
}

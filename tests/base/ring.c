#include "base/ring.h"

#include "test.h"

#include <stdint.h>

static void *item(intptr_t i) {
    return (void *)i; // NOLINT(performance-no-int-to-ptr)
}

TEST(what_was_put_first_is_taken_first_however_often_it_grows) {
    struct lab_ring ring = {0};
    intptr_t put = 0, taken = 0;
    for (int round = 1; round < 100; round++) {
        for (int i = 0; i < round; i++)
            lab_ring_push(&ring, item(put++));
        for (int i = 0; i < round / 2; i++)
            CHECK(lab_ring_pop(&ring) == item(taken++));
        CHECK_INT(lab_ring_count(&ring), put - taken);
    }
    while (!lab_ring_empty(&ring))
        CHECK(lab_ring_pop(&ring) == item(taken++));
    CHECK_INT(taken, put);
    lab_ring_free(&ring);
}

TEST(the_last_can_be_taken_too) {
    struct lab_ring ring = {0};
    for (intptr_t i = 0; i < 40; i++)
        lab_ring_push(&ring, item(i));
    for (intptr_t i = 40; i-- > 0;)
        CHECK(lab_ring_pop_last(&ring) == item(i));
    CHECK(lab_ring_empty(&ring));
    lab_ring_free(&ring);
}

TEST(what_is_put_first_is_before_all_others_even_at_the_very_beginning) {
    struct lab_ring ring = {0};
    for (intptr_t i = 0; i < 40; i++)
        lab_ring_push_first(&ring, item(i));
    lab_ring_push(&ring, item(-1));
    for (intptr_t i = 40; i-- > 0;)
        CHECK(lab_ring_pop(&ring) == item(i));
    CHECK(lab_ring_pop(&ring) == item(-1));
    CHECK(lab_ring_empty(&ring));
    lab_ring_free(&ring);
}

TEST(one_taken_from_the_middle_leaves_the_others_in_order) {
    struct lab_ring ring = {0};
    for (intptr_t i = 0; i < 20; i++)
        lab_ring_push(&ring, item(i));
    CHECK(lab_ring_take(&ring, 7) == item(7));
    CHECK(lab_ring_take(&ring, 18) == item(19));
    CHECK(lab_ring_take(&ring, 0) == item(0));
    for (intptr_t i = 1; i < 19; i++)
        if (i != 7)
            CHECK(lab_ring_pop(&ring) == item(i));
    CHECK(lab_ring_empty(&ring));
    lab_ring_free(&ring);
}

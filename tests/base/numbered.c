#include "base/numbered.h"

#include "test.h"

// The [i]-th of numbers that are far apart and in no order; never twice.
static uint32_t sparse(uint32_t i) {
    return i * UINT32_C(2654435769);
}

TEST(each_number_has_an_item_of_its_own) {
    struct lab_numbered list = {.size = 2 * sizeof(uint32_t)};
    for (uint32_t i = 0; i < 50000; i++)
        ((uint32_t *)lab_numbered_need(&list, sparse(i)))[1] = i;
    for (uint32_t i = 0; i < 50000; i++) {
        const uint32_t *item = lab_numbered_find(&list, sparse(i));
        if (!CHECK(item && item[0] == sparse(i) && item[1] == i))
            break;
    }
    CHECK(lab_numbered_find(&list, sparse(50000)) == NULL);
    CHECK_INT(list.count, 50000);
    lab_numbered_free(&list);
    CHECK_INT(list.count, 0);
}

TEST(numbers_in_a_row_stay_where_they_are_when_others_come) {
    struct lab_numbered list = {.size = sizeof(uint32_t)};
    CHECK(lab_numbered_find(&list, 0) == NULL);
    for (uint32_t i = 1; i <= 100; i++)
        lab_numbered_need(&list, i);
    lab_numbered_need(&list, 0);
    lab_numbered_need(&list, UINT32_MAX);
    CHECK(lab_numbered_find(&list, 7) == lab_numbered_at(&list, 6));
    CHECK(lab_numbered_find(&list, 0) == lab_numbered_at(&list, 100));
    CHECK(lab_numbered_find(&list, 102) == NULL);
    lab_numbered_sort(&list);
    CHECK_INT(*(uint32_t *)lab_numbered_at(&list, 0), 0);
    CHECK(lab_numbered_find(&list, 7) == lab_numbered_at(&list, 7));
    struct lab_numbered copy = lab_numbered_copy(&list);
    lab_numbered_free(&list);
    CHECK(lab_numbered_find(&copy, UINT32_MAX) == lab_numbered_at(&copy, 101));
    lab_numbered_free(&copy);
}

TEST(room_that_is_reserved_keeps_items_where_they_are) {
    struct lab_numbered list = {.size = sizeof(uint32_t)};
    lab_numbered_need(&list, 7);
    lab_numbered_reserve(&list, 1000);
    const uint32_t *first = lab_numbered_find(&list, 7);
    for (uint32_t i = 1; i < 1000; i++)
        lab_numbered_need(&list, sparse(i));
    CHECK(lab_numbered_find(&list, 7) == first);
    lab_numbered_reserve(&list, 10); // there is more
    CHECK(lab_numbered_find(&list, 7) == first);
    for (uint32_t i = 1000; i < 2000; i++)
        lab_numbered_need(&list, sparse(i));
    CHECK_INT(list.count, 2000);
    CHECK_INT(*(uint32_t *)lab_numbered_find(&list, 7), 7);
    lab_numbered_free(&list);
}

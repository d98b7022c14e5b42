#include "view/numbers.h"

#include "test.h"

// The [i]-th of numbers that are far apart and in no order; never twice.
static uint32_t sparse(uint32_t i) {
    return i * UINT32_C(2654435769);
}

TEST(each_number_has_the_place_that_was_noted) {
    struct lab_numbers numbers = {0};
    for (uint32_t i = 0; i < 50000; i++)
        lab_numbers_add(&numbers, sparse(i), i);
    for (uint32_t i = 0; i < 50000; i++)
        if (!CHECK_INT(lab_numbers_find(&numbers, sparse(i)), i))
            break;
    CHECK(lab_numbers_find(&numbers, sparse(50000)) == LAB_NUMBERS_NONE);
    CHECK_INT(numbers.count, 50000);
    CHECK(numbers.room <= 4 * 50000);
    lab_numbers_free(&numbers);
    CHECK_INT(numbers.count, 0);
}

TEST(nothing_is_found_where_nothing_was_noted) {
    struct lab_numbers numbers = {0};
    CHECK(lab_numbers_find(&numbers, 0) == LAB_NUMBERS_NONE);
    lab_numbers_add(&numbers, 0, 7);
    CHECK_INT(lab_numbers_find(&numbers, 0), 7);
    CHECK(lab_numbers_find(&numbers, UINT32_MAX) == LAB_NUMBERS_NONE);
    lab_numbers_free(&numbers);
}

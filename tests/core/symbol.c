#include "core/symbol.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static __attribute__((noinline)) int hidden(int x) {
    return x + 1;
}

static const char *name_of(const void *address) {
    static char name[32];
    lab_symbol_name(address, name, sizeof name);
    return name;
}

static const void *address_of(int (*fn)(int x)) {
    const void *address;
    memcpy(&address, &fn, sizeof address);
    return address;
}

TEST(a_static_function_has_its_own_name) {
    const char *begin = address_of(hidden);
    CHECK_STR(name_of(begin), "hidden");
    CHECK_STR(name_of(begin + 1), "hidden"); // in the middle of it as well
}

TEST(an_address_of_no_function_has_no_name) {
    static int data;
    char stack;
    CHECK_STR(name_of(NULL), "");
    CHECK_STR(name_of(&data), "");
    CHECK_STR(name_of(&stack), "");
    CHECK_STR(name_of((const void *)1), "");
}

TEST(a_name_is_cut_to_the_room_there_is) {
    char name[4];
    lab_symbol_name(address_of(hidden), name, sizeof name);
    CHECK_STR(name, "hid");
}

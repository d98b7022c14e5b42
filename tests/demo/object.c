#include "demo/object.h"

#include "base/alloc.h"
#include "base/read.h"
#include "demo/demo.h"
#include "test.h"

#include <string.h>

static bool read_demo(struct lab_text *bytes) {
    return CHECK_INT(lab_read_file(LAB_DEMOS_DIR "/03_sequential_gather.so",
                                   SIZE_MAX, bytes),
                     0);
}

TEST(object_has_what_it_exports_and_where_its_pointers_lead) {
    struct lab_text bytes = {0};
    struct lab_object object;
    MUST(read_demo(&bytes));
    MUST(lab_object_open(&object, bytes.data, bytes.length));
    lab_object_address table = lab_object_find(&object, "lab_demo");
    CHECK(table != 0);
    CHECK_STR(lab_object_text(&object, table + offsetof(struct lab_demo, name)),
              "sequential_gather");
    CHECK_STR(
        lab_object_string(&object, lab_object_find(&object, "lab_demo_source")),
        "demos/03_sequential_gather.c");
    CHECK(lab_object_find(&object, "lab_sleep") == 0); // it only imports that
    CHECK(lab_object_find(&object, "") == 0);
    CHECK(lab_object_string(&object, 0) == NULL);
    CHECK(lab_object_text(&object, table + 1) == NULL);
    lab_text_free(&bytes);
}

TEST(object_says_how_much_of_it_is_loaded) {
    struct lab_text bytes = {0};
    MUST(read_demo(&bytes));
    size_t extent = lab_object_extent(bytes.data, 4096);
    CHECK(extent > 4096 && extent < bytes.length);
    struct lab_object object;
    CHECK(lab_object_open(&object, bytes.data, extent));
    CHECK(lab_object_text(&object, lab_object_find(&object, "lab_demo")));
    CHECK_INT(lab_object_extent(bytes.data, 16), 0);
    bytes.data[0] ^= 1;
    CHECK_INT(lab_object_extent(bytes.data, 4096), 0);
    lab_text_free(&bytes);
}

TEST(object_names_its_libraries) {
    struct lab_text bytes = {0};
    struct lab_object object;
    const char *name;
    bool has_libc = false;
    MUST(read_demo(&bytes));
    MUST(lab_object_open(&object, bytes.data, bytes.length));
    for (size_t i = 0; (name = lab_object_library(&object, i)); i++)
        has_libc |= strncmp(name, "libc.", 5) == 0;
    CHECK(has_libc);
    CHECK(lab_object_has_library("libc.so.6"));
    CHECK(!lab_object_has_library("libq.so.6"));
    CHECK(!lab_object_has_library("../libc.so.6"));
    lab_text_free(&bytes);
}

// Looks at everything. What comes of it is any, but from these bytes.
static void look(const char *bytes, size_t size) {
    struct lab_object object;
    if (!lab_object_open(&object, bytes, size))
        return;
    lab_object_address table = lab_object_find(&object, "lab_demo");
    const char *found[] = {
        lab_object_text(&object, table + offsetof(struct lab_demo, asks)),
        lab_object_string(&object, table),
        lab_object_library(&object, 0),
    };
    for (size_t i = 0; i < countof(found); i++)
        CHECK(!found[i] || (found[i] >= bytes && found[i] < bytes + size &&
                            found[i] + strlen(found[i]) < bytes + size));
}

// ASan would see what lies outside, which is why they are copied.
TEST(object_of_damaged_bytes_is_never_looked_at_outside_of_them) {
    enum { HEADERS = 1024 };
    static const char values[] = {0, 1, 0x7F, (char)0xFF};
    struct lab_text bytes = {0};
    MUST(read_demo(&bytes));
    for (size_t i = 0; i < bytes.length; i += i < HEADERS ? 1 : 31)
        for (size_t v = 0; v < countof(values); v++) {
            char was = bytes.data[i];
            bytes.data[i] = values[v];
            look(bytes.data, bytes.length);
            bytes.data[i] = was;
        }
    for (size_t n = 0; n < bytes.length; n += n % 97 + 1) {
        struct lab_text part = {0};
        lab_text_write(&part, bytes.data, n);
        look(lab_text_string(&part), n);
        lab_text_free(&part);
    }
    lab_text_free(&bytes);
}

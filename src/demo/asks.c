// What a demo asks stands in its table, and so in its file.

#include "demo/load_internal.h"
#include "demo/object.h"
#include "demo/skipped.h"

#include <string.h>

static bool is_for_us(const struct lab_object *object) {
    static const struct lab_demo_abi ours = LAB_DEMO_ABI;
    struct lab_demo_abi abi;
    return lab_object_copy(object, lab_object_find(object, "lab_demo_abi"),
                           &abi, sizeof abi) &&
           memcmp(&abi, &ours, sizeof abi) == 0;
}

static bool has_libraries(const struct lab_object *object) {
    const char *name;
    for (size_t i = 0; (name = lab_object_library(object, i)); i++)
        if (!lab_object_has_library(name))
            return false;
    return true;
}

// The string of that name; NULL if there is none.
static const char *string_called(const struct lab_object *object,
                                 const char *name) {
    return lab_object_string(object, lab_object_find(object, name));
}

// Appends what the demo asks whose file consists of [bytes]. Returns false if
// there is anything about it that somebody should be told.
static bool read_asks(struct lab_demo_file *file, const struct lab_text *bytes,
                      struct lab_text *asks) {
    struct lab_object object;
    if (!lab_object_open(&object, lab_text_string(bytes), bytes->length) ||
        !is_for_us(&object) || !has_libraries(&object))
        return false;
    lab_object_address table = lab_object_find(&object, "lab_demo");
    const char *name =
        lab_object_text(&object, table + offsetof(struct lab_demo, name));
    const char *question =
        lab_object_text(&object, table + offsetof(struct lab_demo, asks));
    if (!name || strcmp(name, file->name) != 0 || !question || !*question)
        return false;
    lab_text_put(asks, question);
    file->is_skipped = false;
    lab_skipped_without(file, string_called(&object, "lab_demo_without"),
                        string_called(&object, "lab_demo_packages"));
    return true;
}

bool lab_demos_asks(struct lab_demo_file *file, struct lab_text *asks,
                    struct lab_text *error) {
    struct lab_text bytes = {0};
    bool is_read = !file->demo && lab_load_glance(file, &bytes) &&
                   read_asks(file, &bytes, asks);
    lab_text_free(&bytes);
    if (is_read)
        return true;
    if (!lab_demos_load(file, error))
        return false;
    lab_text_put(asks, file->demo->asks);
    return true;
}

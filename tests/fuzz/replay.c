// What the fuzzer found, and what it begins from, without it.

#include "record.h"

#include "base/read.h"
#include "base/text.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>

// Shows each file in [folder], and returns how many there are.
static int show_all(const char *folder) {
    DIR *files = opendir(folder);
    const struct dirent *entry;
    int count = 0;
    while (files && (entry = readdir(files))) {
        struct lab_text path = {0}, bytes = {0};
        lab_text_printf(&path, "%s/%s", folder, entry->d_name);
        if (lab_read_file(lab_text_string(&path), SIZE_MAX, &bytes) == 0) {
            LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.length);
            count++;
        }
        lab_text_free(&path);
        lab_text_free(&bytes);
    }
    if (CHECK(files))
        closedir(files);
    return count;
}

TEST(what_the_fuzzer_has_found_is_shown_without_a_crash) {
    CHECK(show_all(LAB_CORPUS_DIR) > 10);
}

TEST(what_the_fuzzer_begins_with_is_shown_without_a_crash) {
    CHECK(show_all(LAB_FIXTURES_DIR) > 10);
}

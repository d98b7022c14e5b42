// What the fuzzers found, and what they begin from, without them.

#include "http.h"
#include "line.h"
#include "record.h"
#include "text.h"

#include "base/read.h"
#include "base/text.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>

// Has [take] take each file in [folder], and returns how many there are.
static int show_all(const char *folder,
                    void (*take)(const uint8_t *data, size_t size)) {
    DIR *files = opendir(folder);
    const struct dirent *entry;
    int count = 0;
    while (files && (entry = readdir(files))) {
        struct lab_text path = {0}, bytes = {0};
        lab_text_printf(&path, "%s/%s", folder, entry->d_name);
        if (lab_read_file(lab_text_string(&path), SIZE_MAX, &bytes) == 0) {
            take((const uint8_t *)bytes.data, bytes.length);
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
    CHECK(show_all(LAB_FUZZ_DIR "/record", fuzz_record) > 10);
}

TEST(what_the_fuzzer_begins_with_is_shown_without_a_crash) {
    CHECK(show_all(LAB_FIXTURES_DIR, fuzz_record) > 10);
}

VIRTUAL_TEST(what_is_said_over_http_means_the_same_in_pieces) {
    CHECK(show_all(LAB_FUZZ_DIR "/http", fuzz_http) > 10);
}

TEST(what_people_write_is_read_without_a_crash) {
    CHECK(show_all(LAB_FUZZ_DIR "/text", fuzz_text) > 20);
}

TEST(what_people_type_is_read_without_a_crash) {
    CHECK(show_all(LAB_FUZZ_DIR "/line", fuzz_line) > 10);
    fuzz_line_end();
}

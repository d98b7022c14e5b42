// What the fuzzers found, and what they begin from, without them.

#include "http.h"
#include "line.h"
#include "record.h"
#include "text.h"
#include "unescape.h"

#include "base/alloc.h"
#include "base/read.h"
#include "base/text.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

typedef void take_fn(const uint8_t *data, size_t size);

// Has [take] take each file in [folder], and returns how many there are.
static int show_all(const char *folder, take_fn *take) {
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

// Likewise, each line of a file that tests/tools/reached has written: what the
// fuzzer has tried that nothing else is like.
static int show_reached(const char *kind, take_fn *take) {
    struct lab_text path = {0}, file = {0}, bytes = {0};
    int count = 0;
    lab_text_printf(&path, "%s/reached/%s", LAB_FUZZ_DIR, kind);
    CHECK_INT(lab_read_file(lab_text_string(&path), SIZE_MAX, &file), 0);
    for (const char *at = lab_text_string(&file); *at; count++) {
        size_t n = strcspn(at, "\n");
        lab_text_clear(&bytes);
        put_unescaped(&bytes, at, n);
        take((const uint8_t *)lab_text_string(&bytes), bytes.length);
        at += n + 1;
    }
    lab_text_free(&path);
    lab_text_free(&file);
    lab_text_free(&bytes);
    return count;
}

TEST(what_the_fuzzer_has_found_is_shown_without_a_crash) {
    CHECK(show_all(LAB_FUZZ_DIR "/record", fuzz_record) > 10);
    CHECK(show_reached("record", fuzz_record) > 10);
}

TEST(what_the_fuzzer_begins_with_is_shown_without_a_crash) {
    CHECK(show_all(LAB_FIXTURES_DIR, fuzz_record) > 10);
}

VIRTUAL_TEST(what_is_said_over_http_means_the_same_in_pieces) {
    CHECK(show_all(LAB_FUZZ_DIR "/http", fuzz_http) > 10);
    CHECK(show_reached("http", fuzz_http) > 10);
}

TEST(what_people_write_is_read_without_a_crash) {
    static const char *const kinds[] = {
        "parameter", "formula", "claim", "question", "markdown", "c", "python"};
    CHECK(show_all(LAB_FUZZ_DIR "/text", fuzz_text) > 20);
    for (size_t i = 0; i < countof(kinds); i++)
        CHECK(show_reached(kinds[i], fuzz_text) > 10);
}

TEST(what_people_type_is_read_without_a_crash) {
    CHECK(show_all(LAB_FUZZ_DIR "/line", fuzz_line) > 10);
    CHECK(show_reached("line", fuzz_line) > 10);
    CHECK(show_reached("options", fuzz_line) > 10);
    fuzz_line_end();
}

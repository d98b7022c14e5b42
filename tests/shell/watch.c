#include "shell/watch.h"

#include "base/alloc.h"
#include "picture.h"
#include "test.h"

static const struct lab_style style = {.width = 60};

// Shows the page of [lines] numbered lines on a screen of [rows].
static void show(const char *title, int lines, int rows) {
    struct lab_text text = {0}, page = {0};
    for (int i = 1; i <= lines; i++)
        lab_text_printf(&text, "line %d\n", i);
    lab_watch_page(&page, &style, "my.py, run 2", lab_text_string(&text), rows);
    CHECK(page.length > 0 && page.data[page.length - 1] != '\n');
    lab_text_put(&page, "\n");
    picture_show(title, lab_text_string(&page));
    lab_text_free(&text);
    lab_text_free(&page);
}

TEST(a_page_has_its_first_and_last_lines_and_says_how_many_are_between) {
    show("all of 3 fit into 5 rows", 3, 5);
    show("4 do not", 4, 5);
    show("20 in 11 rows", 20, 11);
}

// Whatever the size, the page fits, and the end is on it.
TEST(a_page_is_never_longer_than_the_screen) {
    for (int rows = 1; rows < 20; rows++)
        for (int lines = 0; lines < 30; lines++) {
            struct lab_text text = {0}, page = {0};
            int count = 1;
            for (int i = 1; i <= lines; i++)
                lab_text_printf(&text, "line %d\n", i);
            lab_watch_page(&page, &style, "head", lab_text_string(&text), rows);
            for (size_t i = 0; i < page.length; i++)
                count += page.data[i] == '\n';
            CHECK(count <= rows);
            lab_text_free(&text);
            lab_text_free(&page);
        }
}

#include "view/export.h"

#include "export.h"

// Each line of [text] to where a name begins.
static char *heads_of(const char *text) {
    struct lab_text heads = {0};
    while (*text) {
        size_t n = strcspn(text, "\n"), head = n;
        for (size_t i = 0; i < n && head == n; i++)
            if (text[i] == ':' || strncmp(text + i, " as ", 4) == 0 ||
                text[0] == '#')
                head = i;
        lab_text_write(&heads, text, head);
        lab_text_put(&heads, "\n");
        text += n + (text[n] == '\n');
    }
    char *copy = lab_strdup(lab_text_string(&heads));
    lab_text_free(&heads);
    return copy;
}

TEST(names_change_no_line_of_a_diagram) {
    char *plain = export_called(lab_export_mermaid, "plain");
    char *expected = heads_of(plain);
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        char *text = export_called(lab_export_mermaid, name);
        char *heads = heads_of(text);
        if (!CHECK_STR(heads, expected))
            CHECK_INT(i, -1); // says which
        CHECK(!strpbrk(text, "<\"%{}[]()\\"));
        lab_free(heads);
        lab_free(text);
        lab_free(name);
    }
    lab_free(expected);
    lab_free(plain);
}

TEST(a_diagram_tells_who_starts_whom_and_when) {
    struct lab_record *record = lab_record_new();
    ADD(record, SPAWN, 0, 1, "together");
    lab_record_add(
        record,
        (struct lab_event){.kind = LAB_EVENT_SPAWN, .task = 2, .other = 1},
        "b-end");
    lab_record_add(record,
                   (struct lab_event){.kind = LAB_EVENT_WAIT,
                                      .task = 2,
                                      .value = LAB_S,
                                      .on = LAB_ON_SLEEP},
                   NULL);
    ADD(record, END, LAB_S, 2, NULL);
    struct lab_comparison comparison = demo_with(3, "together", record);
    char *text = seen(lab_export_mermaid, comparison, &style_80);
    picture_show("", text);
    lab_free(text);
}

TEST(a_diagram_has_a_bound_and_counts_the_rest) {
    struct lab_comparison comparison =
        demo_with(2, "blocking", record_of_beats(5000));
    char *text = seen(lab_export_mermaid, comparison, &style_80);
    CHECK(strlen(text) < 20000);
    CHECK(strstr(text, " events more are not drawn.\n") != NULL);
    lab_free(text);
}

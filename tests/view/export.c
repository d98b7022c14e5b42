#include "view/export.h"

#include "export.h"
#include "runs.h"

// What every format promises, checked on all of them.

TEST(every_export_has_a_name_of_its_own_and_is_found_by_it) {
    struct lab_text error = {0};
    for (size_t i = 0; lab_exports[i].name; i++) {
        CHECK(lab_export_find(lab_exports[i].name, &error) == &lab_exports[i]);
        CHECK(*lab_exports[i].text && lab_exports[i].render);
    }
    CHECK_INT(error.length, 0);
}

TEST(an_unknown_format_is_told_with_what_there_is) {
    struct lab_text error = {0}, says = {0};
    CHECK(!lab_export_find("hmtl", &error));
    CHECK_STR(lab_text_string(&error),
              "no format \"hmtl\"; did you mean html?");
    lab_text_free(&error);
    lab_text_put(&says, "no format \"\\x1b\"; there are");
    for (size_t i = 0; lab_exports[i].name; i++)
        lab_text_printf(&says, "%s %s", i ? "," : "", lab_exports[i].name);
    CHECK(!lab_export_find("\x1b", &error));
    CHECK_STR(lab_text_string(&error), lab_text_string(&says));
    lab_text_free(&error);
    lab_text_free(&says);
}

TEST(an_export_is_the_same_in_every_style) {
    struct lab_style other = {.width = 33, .ascii = true, .color = true};
    for (const struct lab_export *at = lab_exports; at->name; at++) {
        char *one = seen(at->render, comparison_04(), &style_80);
        char *two = seen(at->render, comparison_04(), &other);
        CHECK(*one);
        CHECK_STR(two, one);
        lab_free(one);
        lab_free(two);
    }
}

TEST(names_that_mean_harm_are_clean_text_in_every_format) {
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        for (const struct lab_export *at = lab_exports; at->name; at++) {
            char *text = export_called(at->render, name);
            if (!CHECK(is_clean(text)) || !CHECK(strlen(text) < 200000))
                CHECK_INT(i, -1); // says which
            lab_free(text);
        }
        lab_free(name);
    }
}

// The first [count] events of [record]. Frees it.
static struct lab_record *cut(struct lab_record *record, size_t count) {
    struct lab_record *part = lab_record_new();
    for (size_t i = 0; i < count; i++) {
        const struct lab_event *event = lab_record_at(record, i);
        lab_record_add(part, *event, lab_record_text(record, event));
    }
    lab_record_free(record);
    return part;
}

TEST(an_exported_record_may_end_after_any_event) {
    struct lab_record *whole = record_pool(2);
    size_t count = lab_record_count(whole);
    lab_record_free(whole);
    for (size_t i = 0; i <= count; i++) {
        for (const struct lab_export *at = lab_exports; at->name; at++) {
            struct lab_comparison comparison =
                demo_with(4, "pool_2", cut(record_pool(2), i));
            char *text = seen(at->render, comparison, &style_80);
            CHECK(is_clean(text));
            lab_free(text);
        }
    }
}

TEST(nonsense_is_exported_without_a_crash) {
    long before = lab_alloc_live();
    for (uint32_t seed = 1; seed <= 100; seed++) {
        for (const struct lab_export *at = lab_exports; at->name; at++) {
            struct lab_comparison comparison = demo_with(
                4, "pool_2",
                record_of_nonsense(seed, seed % 2 ? 200 : (int)seed % 12));
            char *text = seen(at->render, comparison, &style_80);
            CHECK(is_clean(text));
            lab_free(text);
        }
    }
    CHECK_INT(lab_alloc_live(), before);
}

// A learner's own program has no number, question, texts or laws.
TEST(what_a_program_lacks_is_shown_nowhere) {
    lab_view_fn *all[40] = {NULL};
    size_t count = 0;
    for (const struct lab_view *at = lab_views; at->name; at++)
        all[count++] = at->render;
    for (const struct lab_export *at = lab_exports; at->name; at++)
        all[count++] = at->render;
    for (size_t i = 0; i < count; i++) {
        struct lab_comparison comparison = {.clock = LAB_CLOCK_VIRTUAL};
        comparison.demo = lab_strdup("my");
        struct lab_run *run = lab_comparison_add_run(&comparison, "main");
        ADD(run->record, SPAWN, 0, 1, "main");
        ADD(run->record, END, LAB_S, 1, NULL);
        char *text = seen(all[i], comparison, &style_80);
        CHECK(!strstr(text, "(null)"));
        CHECK(!strstr(text, "00 my") && !strstr(text, "00 main"));
        CHECK(!strstr(text, "00_my"));
        CHECK(!strstr(text, "predicted ") && !strstr(text, "ratio"));
        lab_free(text);
    }
}

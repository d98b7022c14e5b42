#include "view/export.h"

#include "export.h"

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
    struct lab_text error = {0};
    CHECK(!lab_export_find("hmtl", &error));
    CHECK_STR(lab_text_string(&error),
              "no format \"hmtl\"; did you mean html?");
    lab_text_free(&error);
    CHECK(!lab_export_find("\x1b", &error));
    CHECK_STR(lab_text_string(&error),
              "no format \"\\x1b\"; there are svg, html, trace, cast, mermaid");
    lab_text_free(&error);
}

TEST(an_export_is_the_same_in_every_style) {
    struct lab_style other = {.width = 33, .ascii = true, .color = true};
    for (const struct lab_export *at = lab_exports; at->name; at++) {
        char *one = seen(at->render, comparison_04(), &style_80);
        char *two = seen(at->render, comparison_04(), &other);
        CHECK(strlen(one) > 1000);
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
            struct lab_comparison comparison = comparison_of(4, &demo_04);
            add_result(&comparison, 0, cut(record_pool(2), i));
            char *text = seen(at->render, comparison, &style_80);
            CHECK(is_clean(text));
            lab_free(text);
        }
    }
}

// Events in no order that a run would write.
static struct lab_record *record_nonsense(uint32_t seed) {
    struct lab_record *record = lab_record_new();
    for (int i = 0; i < 200; i++) {
        uint32_t dice[8];
        for (int j = 0; j < 8; j++)
            dice[j] = (seed = seed * 1664525 + 1013904223) >> 8;
        struct lab_event event = {
            .time = (lab_time)dice[0] * (dice[1] % 100) - LAB_MS,
            .value = i % 9 ? (int64_t)dice[2] - (1 << 20) : INT64_MIN,
            .task = i % 17 ? dice[3] % 7 : UINT32_MAX,
            .other = dice[4] % 5,
            .worker = (uint16_t)(dice[5] % 3),
            .kind = (uint8_t)(dice[6] % (LAB_EVENT_KINDS + 2)),
            .on = (uint8_t)(dice[7] % (LAB_ONS + 2)),
        };
        lab_record_add(record, event, dice[1] % 2 ? "beat" : NULL);
    }
    return record;
}

TEST(nonsense_is_exported_without_a_crash) {
    long before = lab_alloc_live();
    for (uint32_t seed = 1; seed <= 100; seed++) {
        for (const struct lab_export *at = lab_exports; at->name; at++) {
            struct lab_comparison comparison = comparison_of(4, &demo_04);
            add_result(&comparison, 0, record_nonsense(seed));
            char *text = seen(at->render, comparison, &style_80);
            CHECK(is_clean(text));
            lab_free(text);
        }
    }
    CHECK_INT(lab_alloc_live(), before);
}

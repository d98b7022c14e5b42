#include "demo/param.h"

#include "base/alloc.h"
#include "base/time.h"
#include "test.h"

static int body(void) {
    return 0;
}

static const struct lab_demo demo = {
    .name = "sequential_gather",
    .asks = "Is awaiting in a loop concurrent?",
    .params = {{"delay", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long one download takes"},
               {"n", 5, .min = 1, .max = 100, .text = "how many"},
               {"wide", 0, .min = INT64_MIN, .max = INT64_MAX, .unit = "",
                .text = "anything"},
               {"size", 64, .min = 0, .max = 4096, .unit = "bytes",
                .text = "how large"}},
    .variants = {
        {"in_turn", body, "call each, wait for it", .takes = "n * delay"},
        {"together", body, "spawn all, gather", .takes = "delay"}}};

static const struct lab_demo bare = {
    .name = "bare", .variants = {{"only", body, "", .takes = "0"}}};

TEST(param_counts_end_at_the_first_unused_place) {
    CHECK_INT(lab_param_count(&demo), 4);
    CHECK_INT(lab_variant_count(&demo), 2);
    CHECK_INT(lab_param_count(&bare), 0);
}

TEST(param_count_of_a_full_table_is_all_of_it) {
    struct lab_demo full = {0};
    for (size_t i = 0; i < LAB_DEMO_PARAMS; i++)
        full.params[i].name = "x";
    for (size_t i = 0; i < LAB_DEMO_VARIANTS; i++)
        full.variants[i].name = "x";
    CHECK_INT(lab_param_count(&full), LAB_DEMO_PARAMS);
    CHECK_INT(lab_variant_count(&full), LAB_DEMO_VARIANTS);
}

TEST(settings_begin_as_the_defaults) {
    struct lab_settings settings;
    lab_settings_init(&settings, &demo);
    CHECK_INT(settings.values[0], 1000);
    CHECK_INT(settings.values[1], 5);
    CHECK_INT(lab_settings_value(&settings, 0), LAB_S);
    CHECK_INT(lab_settings_value(&settings, 1), 5);
}

TEST(assign_reads_numbers_and_times) {
    static const struct {
        const char *assignment;
        size_t index;
        int64_t value;
    } rows[] = {
        {"delay=200", 0, 200},
        {"delay=1", 0, 1},
        {"delay=60000", 0, 60000},
        {"delay=200ms", 0, 200},
        {"delay=1.5s", 0, 1500},
        {"delay=0.1s", 0, 100},
        {"delay=2000us", 0, 2},
        {"delay=3000000ns", 0, 3},
        {"delay=1000 ms", 0, 1000}, // as lab_settings_put writes it
        {" delay = 200 ", 0, 200},
        {"delay=\t200", 0, 200},
        {"delay=+5", 0, 5},
        {"delay=007", 0, 7},
        {"delay=2.0", 0, 2},
        {"n=100", 1, 100},
        {"wide=-7", 2, -7},
        {"wide=-0", 2, 0},
        {"wide=9223372036854775807", 2, INT64_MAX},
        {"wide=0.000000000000000000000000000", 2, 0},
        {"size=4096 bytes", 3, 4096},
        {"size=0", 3, 0},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_settings settings;
        struct lab_text error = {0};
        lab_settings_init(&settings, &demo);
        CHECK(lab_settings_assign(&settings, rows[i].assignment, &error));
        CHECK_INT(settings.values[rows[i].index], rows[i].value);
        CHECK_STR(lab_text_string(&error), "");
        lab_text_free(&error);
    }
}

#define KIND "delay must be a whole number of ms or a time such as 1.5s, not "
#define RANGE "delay must be from 1 to 60000 ms, not "

TEST(assign_says_what_is_wrong_and_sets_nothing) {
    static const struct {
        const char *assignment, *error;
    } rows[] = {
        {"delay=abc", KIND "\"abc\""},
        {"delay=1e99", KIND "\"1e99\""},
        {"delay=0x10", KIND "\"0x10\""},
        {"delay=1,5s", KIND "\"1,5s\""},
        {"delay=1.5", KIND "\"1.5\""},
        {"delay=1500us", KIND "\"1500us\""},
        {"delay=0.0001s", KIND "\"0.0001s\""},
        {"delay=5min", KIND "\"5min\""},
        {"delay=ms", KIND "\"ms\""},
        {"delay=.", KIND "\".\""},
        {"delay=1.0.0", KIND "\"1.0.0\""},
        {"delay=-", KIND "\"-\""},
        {"delay=--5", KIND "\"--5\""},
        {"delay=1 2", KIND "\"1 2\""},
        {"delay=1=2", KIND "\"1=2\""},
        {"delay=\x1b[2J", KIND "\"\\x1b[2J\""},
        {"delay=-1", RANGE "-1"},
        {"delay=0", RANGE "0"},
        {"delay=60001", RANGE "60001"},
        {"delay=61s", RANGE "61s"},
        {"delay=-1s", RANGE "-1s"},
        {"delay=99999999999999999999", RANGE "99999999999999999999"},
        {"delay=18446744073709551621", RANGE "18446744073709551621"}, // 2^64+5
        {"delay=9999999999999999s", RANGE "9999999999999999s"},
        {"delay=99999999999999999999999999999999999999999999",
         RANGE "\"9999999999999999999999999999999999999999...\""},
        {"n=0", "n must be from 1 to 100, not 0"},
        {"n=5ms", "n must be a whole number, not \"5ms\""},
        {"n=1.5", "n must be a whole number, not \"1.5\""},
        {"size=5ms", "size must be a whole number of bytes, not \"5ms\""},
        {"size=5000", "size must be from 0 to 4096 bytes, not 5000"},
        {"delay=", "delay needs a value, as in delay=1000"},
        {"delay= ", "delay needs a value, as in delay=1000"},
        {"delay", "delay needs a value, as in delay=1000"},
        {"dealy=5", "no parameter \"dealy\" in sequential_gather; did you mean "
                    "\"delay\"?"},
        {"del", "no parameter \"del\" in sequential_gather; did you mean "
                "\"delay\"?"},
        {"zzz=1", "no parameter \"zzz\" in sequential_gather; it has delay, n, "
                  "wide and size"},
        {"=5", "no parameter \"\" in sequential_gather; it has delay, n, wide "
               "and size"},
        {"", "no parameter \"\" in sequential_gather; it has delay, n, wide "
             "and size"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_settings settings;
        struct lab_text error = {0};
        lab_settings_init(&settings, &demo);
        CHECK(!lab_settings_assign(&settings, rows[i].assignment, &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        CHECK_INT(settings.values[0], 1000);
        CHECK_INT(settings.values[1], 5);
        lab_text_free(&error);
    }
}

TEST(assign_to_a_demo_without_parameters_says_so) {
    struct lab_settings settings;
    struct lab_text error = {0};
    lab_settings_init(&settings, &bare);
    CHECK(!lab_settings_assign(&settings, "delay=5", &error));
    CHECK_STR(lab_text_string(&error),
              "no parameter \"delay\" in bare; it has none");
    lab_text_free(&error);
}

TEST(put_writes_what_assign_reads) {
    struct lab_settings settings, again;
    lab_settings_init(&settings, &demo);
    lab_settings_init(&again, &demo);
    settings.values[0] = 250;
    settings.values[2] = INT64_MAX;
    static const char *const written[] = {
        "delay=250 ms", "n=5", "wide=9223372036854775807", "size=64 bytes"};
    for (size_t i = 0; i < countof(written); i++) {
        struct lab_text out = {0}, error = {0};
        lab_settings_put(&settings, i, &out);
        CHECK_STR(lab_text_string(&out), written[i]);
        CHECK(lab_settings_assign(&again, lab_text_string(&out), &error));
        CHECK_INT(again.values[i], settings.values[i]);
        lab_text_free(&out);
        lab_text_free(&error);
    }
}

TEST(law_sees_times_in_nanoseconds_and_counts_as_they_are) {
    struct lab_settings settings;
    struct lab_text error = {0};
    int64_t value = 0;
    lab_settings_init(&settings, &demo);
    CHECK(lab_settings_assign(&settings, "delay=200", &error));
    CHECK(lab_settings_law(&settings, "n * delay", &value, &error));
    CHECK_INT(value, LAB_S);
    CHECK(!lab_settings_law(&settings, "n * dealy", &value, &error));
    CHECK_STR(lab_text_string(&error),
              "in the law \"n * dealy\", column 5: unknown name 'dealy'");
    lab_text_free(&error);
}

static const struct lab_demo mirrors = {
    .name = "mirrors",
    .params = {{"n", 5, .min = 1, .max = 9, .text = "how many"},
               {"delays", .min = 1, .max = 60000, .unit = "ms",
                .text = "how long each takes", .list = "600,200,400"}},
    .variants = {{"only", body, "", .takes = "max(delays)"}}};

TEST(assign_reads_lists) {
    static const struct {
        const char *assignment, *put;
    } rows[] = {
        {"delays=1", "delays=1 ms"},
        {"delays=5,4,3", "delays=5,4,3 ms"},
        {"delays= 5 , 4ms,0.5 s", "delays=5000,4,500 ms"},
        {"delays=1,2s", "delays=1000,2000 ms"},
        {"delays=1ms,2s", "delays=1,2000 ms"},
        {"delays=600,200,400 ms", "delays=600,200,400 ms"},
        {"delays=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
         "delays=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 ms"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_settings settings;
        struct lab_text error = {0}, out = {0};
        lab_settings_init(&settings, &mirrors);
        CHECK(lab_settings_is_default(&settings, 1));
        CHECK(lab_settings_assign(&settings, rows[i].assignment, &error));
        CHECK_STR(lab_text_string(&error), "");
        lab_settings_put(&settings, 1, &out);
        CHECK_STR(lab_text_string(&out), rows[i].put);
        CHECK_INT(lab_settings_is_default(&settings, 1),
                  i + 2 == countof(rows));
        lab_text_free(&out);
        lab_text_free(&error);
    }
}

#define LIST_KIND                                                              \
    "delays must be 1 to 16 values, as in delays=600,200,400, each a whole "   \
    "number of ms or a time such as 1.5s, not "

TEST(a_list_that_is_none_says_what_one_is) {
    static const struct {
        const char *assignment, *error;
    } rows[] = {
        {"delays=", "delays needs a value, as in delays=600,200,400"},
        {"delays=5,", LIST_KIND "\"5,\""},
        {"delays=,5", LIST_KIND "\",5\""},
        {"delays=5,,4", LIST_KIND "\"5,,4\""},
        {"delays=5 4", LIST_KIND "\"5 4\""},
        {"delays=5,x", LIST_KIND "\"5,x\""},
        {"delays=ms", LIST_KIND "\"ms\""},
        {"delays=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
         LIST_KIND "\"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,1...\""},
        {"delays=5,0", "delays must each be from 1 to 60000 ms, not 5,0"},
        {"delays=1,99999999999999999999",
         "delays must each be from 1 to 60000 ms, not 1,99999999999999999999"},
        {"n=1,2", "n must be a whole number, not \"1,2\""},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_settings settings;
        struct lab_text error = {0};
        lab_settings_init(&settings, &mirrors);
        CHECK(!lab_settings_assign(&settings, rows[i].assignment, &error));
        CHECK_STR(lab_text_string(&error), rows[i].error);
        CHECK(lab_settings_is_default(&settings, 1));
        lab_text_free(&error);
    }
}

TEST(laws_see_lists_and_the_cores) {
    static const struct {
        const char *law;
        int64_t value;
    } rows[] = {{"max(delays)", 600 * LAB_MS},
                {"sum(delays)", 1200 * LAB_MS},
                {"within(delays, 400ms)", 2},
                {"cores * n", 10}};
    struct lab_settings settings;
    struct lab_text error = {0};
    lab_settings_init(&settings, &mirrors);
    for (size_t i = 0; i < countof(rows); i++) {
        int64_t value = 0;
        CHECK(lab_settings_law(&settings, rows[i].law, &value, &error));
        CHECK_INT(value, rows[i].value);
    }
    CHECK_STR(lab_text_string(&error), "");
    lab_text_free(&error);
}

// diff: where two records differ, of which each is a file or is made now.

#include "base/die.h"
#include "guest/guest.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/show.h"
#include "view/change.h"
#include "view/record_diff.h"

#include <string.h>

// One of the two that are compared.
struct side {
    struct lab_text place; // "in a.jsonl"
    struct lab_recording file;
    struct lab_comparison ran; // instead of a file
};

// --- its words: one side after the other

static bool begins_side(const char *word) {
    return lab_show_is_file(word) || lab_guest_is(word);
}

// How many of [words] are of the side that begins with the first. A file is
// one; a demo or a program has all words up to the next file or program.
static int words_of_side(char **words, int count) {
    int n = 1;
    while (n < count && !lab_show_is_file(words[0]) && !begins_side(words[n]))
        n++;
    return n;
}

static int read_sides(struct lab_call *call, char **words, int count) {
    int one = words_of_side(words, count);
    int two = one < count ? words_of_side(words + one, count - one) : 0;
    if (one + two < count)
        return lab_shell_refuse(call->shell,
                                "diff compares two; \"%s\" would be the third",
                                words[one + two]);
    if (two > 0)
        return LAB_EXIT_OK;
    if (lab_show_is_file(words[0]))
        return lab_shell_refuse(call->shell,
                                "diff needs another record or program; for "
                                "example: diff %s b.jsonl",
                                words[0]);
    if (!call->schedule)
        return lab_shell_refuse(call->shell,
                                "diff needs another record or program, or a "
                                "schedule; for example: diff %s "
                                "--schedule=seed:3",
                                words[0]);
    return LAB_EXIT_OK;
}

static void offer(const struct lab_request *request) {
    struct lab_request own = *request;
    int n = own.index > 0 ? words_of_side(own.words, own.index) : 0;
    // The word that is typed is none of these; it may begin the other side.
    if (n > 0 && (n < own.index || lab_show_is_file(own.words[0]) ||
                  begins_side(own.word))) {
        own.words += n;
        own.index -= n;
    }
    lab_type_shown.offer(&own);
}

static const struct lab_type two_sides = {
    .usage = "FILE|PROGRAM|DEMO [FILE|PROGRAM|DEMO]",
    .noun = "two files that run --record=FILE wrote, or programs of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_sides,
};

// --- getting them

// Runs what [words] say, under the virtual clock: other times are never twice
// the same.
static int run_side(struct lab_call *call, struct side *side, char **words,
                    int count, const char *schedule) {
    struct lab_call own = *call;
    own.quiet = true;
    own.options.json = false;
    own.options.clock = LAB_CLOCK_VIRTUAL;
    own.schedule = schedule;
    int status = lab_type_shown.read(&own, words, count);
    if (status != LAB_EXIT_OK)
        return status;
    status = lab_show_run(&own, &own.target.selection, lab_show_nothing);
    if (status != LAB_EXIT_OK && status != LAB_EXIT_FAILED)
        return status;
    lab_look_take_last(call->shell, &side->ran);
    // One that failed can be compared; one that never ran cannot.
    return side->ran.count > 0 ? LAB_EXIT_OK : status;
}

static int get_side(struct lab_call *call, struct side *side, char **words,
                    int count, const char *schedule) {
    struct lab_text error = {0};
    if (!lab_show_is_file(words[0]))
        return run_side(call, side, words, count, schedule);
    return lab_result_read(&side->file, words[0], &error)
               ? LAB_EXIT_OK
               : lab_shell_refuse_text(call->shell, &error);
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// Paths are long; the last parts will do if they tell the two apart.
static void name_sides(struct side both[2], const char *one, const char *two) {
    if (strcmp(last_part(one), last_part(two)) != 0) {
        one = last_part(one);
        two = last_part(two);
    }
    lab_text_printf(&both[0].place, "in %s", one);
    lab_text_printf(&both[1].place, "in %s", two);
}

static int get_sides(struct lab_call *call, struct side sides[2]) {
    char **words = call->words;
    int one = words_of_side(words, call->count), two = call->count - one;
    if (two > 0) {
        name_sides(sides, words[0], words[one]);
    } else {
        lab_text_put(&sides[0].place, "under fifo");
        lab_text_printf(&sides[1].place, "under %s", call->schedule);
    }
    const char *first = two > 0 ? call->schedule : NULL;
    int status = get_side(call, &sides[0], words, one, first);
    if (status == LAB_EXIT_OK && two > 0)
        status = get_side(call, &sides[1], words + one, two, call->schedule);
    else if (status == LAB_EXIT_OK)
        status = get_side(call, &sides[1], words, one, call->schedule);
    return status;
}

// --- comparing them

static size_t count_of(const struct side *side) {
    return side->ran.count > 0 ? 1 : side->file.count;
}

static const struct lab_comparison *at(const struct side *side, size_t i) {
    return side->ran.count > 0 ? &side->ran : side->file.all[i];
}

// The demo of [among] that is compared with [comparison]: the same one, or the
// only program, against the only other one. NULL if there is none.
static const struct lab_comparison *
match(const struct lab_comparison *comparison, const struct side *of,
      const struct side *among) {
    for (size_t i = 0; i < count_of(among); i++)
        if (strcmp(at(among, i)->demo, comparison->demo) == 0)
            return at(among, i);
    bool only = count_of(of) == 1 && count_of(among) == 1;
    return only && comparison->language && at(among, 0)->language ? at(among, 0)
                                                                  : NULL;
}

static void say_alone(const struct lab_call *call, const char *demo,
                      const struct side *side) {
    lab_call_say(call, "%s: only %s.", demo, lab_text_string(&side->place));
}

// Shows a sentence, and then the events around the first that differs.
static bool compare_two(struct lab_call *call, const struct side sides[2],
                        const struct lab_comparison *a,
                        const struct lab_comparison *b, size_t *events,
                        size_t *runs) {
    const struct lab_style *style = &call->options.style;
    const char *places[] = {lab_text_string(&sides[0].place),
                            lab_text_string(&sides[1].place)};
    struct lab_text text = {0}, parts = {0};
    bool same = lab_record_diff_put(&parts, style, a, b, events, runs);
    if (!same) {
        lab_change_put(&text, style, a, b, places);
        if (parts.length > 0) // there are none if no run has its like
            lab_text_printf(&text, "\n%s", lab_text_string(&parts));
    }
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    lab_text_free(&parts);
    return same;
}

static int compare(struct lab_call *call, const struct side sides[2]) {
    size_t events = 0, runs = 0;
    bool same = true;
    for (size_t i = 0; i < count_of(&sides[0]); i++) {
        const struct lab_comparison *a = at(&sides[0], i);
        const struct lab_comparison *b = match(a, &sides[0], &sides[1]);
        if (b)
            same &= compare_two(call, sides, a, b, &events, &runs);
        else
            say_alone(call, a->demo, &sides[0]);
        same &= b != NULL;
    }
    for (size_t i = 0; i < count_of(&sides[1]); i++) {
        const struct lab_comparison *b = at(&sides[1], i);
        if (!match(b, &sides[1], &sides[0])) {
            say_alone(call, b->demo, &sides[1]);
            same = false;
        }
    }
    if (same)
        lab_call_say(call, "The same: %zu event%s in %zu run%s.", events,
                     events == 1 ? "" : "s", runs, runs == 1 ? "" : "s");
    return same ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

// What was run last is there for views, as after any run.
static void free_sides(struct lab_call *call, struct side sides[2]) {
    for (int i = 0; i < 2; i++) {
        struct side *side = &sides[i];
        if (side->ran.count > 0)
            lab_look_replace_last(call->shell, &side->ran);
        lab_recording_free(&side->file);
        lab_text_free(&side->place);
    }
}

static int diff(struct lab_call *call) {
    struct side sides[2] = {0};
    int status = get_sides(call, sides);
    if (status == LAB_EXIT_OK)
        status = compare(call, sides);
    free_sides(call, sides);
    return status;
}

LAB_COMMAND(diff) = {
    .name = "diff",
    .order = 650,
    .text = "find the first event in which two records or programs differ",
    .help = "  diff a.jsonl b.jsonl        exits with 1 if there is one\n"
            "  diff my.c my2.c             runs both, and compares\n"
            "  diff my.c --schedule=seed:3  against first in, first out\n",
    .takes = {{&two_sides}},
    .options = LAB_OPTIONS_STYLE | LAB_OPTIONS_WHICH | LAB_OPTION_SCHEDULE |
               LAB_OPTION_LIMIT,
    .run = diff,
};

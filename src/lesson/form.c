#include "lesson/form.h"

#include "base/alloc.h"
#include "lesson/blocks.h"
#include "lesson/info.h"
#include "lesson/parts.h"

#include <string.h>

// The parts after the first, in their order, and which block each has.
static const struct {
    const char *title;
    enum lab_info_kind needs; // LAB_INFO_PROSE: none
} form[] = {
    {"Predict", LAB_INFO_PROSE}, {"Run", LAB_INFO_COMMANDS},
    {"Why", LAB_INFO_QUOTE},     {"The same in asyncio", LAB_INFO_PROGRAM},
    {"Try", LAB_INFO_PROSE},     {"What not to conclude", LAB_INFO_PROSE},
};

static const char *const words[] = {
    [LAB_INFO_COMMANDS] = "looplab",
    [LAB_INFO_QUOTE] = "c NAME",
    [LAB_INFO_PROGRAM] = "python NAME.py",
};

struct check {
    const char *path;
    const struct lab_markdown *doc;
    struct lab_parts parts;
    struct lab_text *error;
    bool failed;
};

// Begins a sentence about line [line]. The caller ends it with a newline.
static void complain(struct check *check, size_t line) {
    check->failed = true;
    lab_text_printf(check->error, "%s:%zu: ", check->path, line);
}

// --- programs

// Prose beyond the last block.
static struct lab_info info_of(const struct lab_markdown *doc, size_t i) {
    if (i >= doc->fence_count)
        return (struct lab_info){LAB_INFO_PROSE};
    const struct lab_fence *fence = &doc->fences[i];
    return lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                         NULL);
}

static enum lab_info_kind kind_of(const struct lab_markdown *doc, size_t i) {
    return info_of(doc, i).kind;
}

static bool is_printed(enum lab_info_kind kind) {
    return kind == LAB_INFO_OUTPUT || kind == LAB_INFO_MEASURED;
}

static void check_programs(struct check *check) {
    const struct lab_markdown *doc = check->doc;
    bool after_program = false;
    for (size_t i = 0; i < doc->fence_count; i++) {
        struct lab_info info = info_of(doc, i);
        enum lab_info_kind kind = info.kind;
        const char *wrong = NULL;
        if (kind == LAB_INFO_PROGRAM && !info.length)
            wrong = "a program is a file beside the lesson, and its block "
                    "names it: \"python 03_gather.py\"";
        else if (kind == LAB_INFO_PROGRAM && !is_printed(kind_of(doc, i + 1)))
            wrong = "the next block after this program must be what it "
                    "prints, marked \"output\" or \"measured\"";
        else if (is_printed(kind) && !after_program)
            wrong = "no program stands before this output";
        if (wrong) {
            complain(check, doc->fences[i].line);
            lab_text_printf(check->error, "%s\n", wrong);
        }
        after_program = kind == LAB_INFO_PROGRAM;
    }
}

// --- parts

static bool is_titled(const struct lab_part *part, size_t place) {
    return strlen(form[place].title) == part->title_length &&
           memcmp(form[place].title, part->title, part->title_length) == 0;
}

// Which of the form's parts it is; countof(form) if none.
static size_t place_of(const struct lab_part *part) {
    size_t place = 0;
    while (place < countof(form) && !is_titled(part, place))
        place++;
    return place;
}

static bool has_block(const struct lab_markdown *doc,
                      const struct lab_part *part, enum lab_info_kind kind) {
    for (size_t i = 0; i < doc->fence_count; i++)
        if (doc->fences[i].start >= part->from &&
            doc->fences[i].start < part->to && kind_of(doc, i) == kind)
            return true;
    return false;
}

static void check_blocks(struct check *check, const struct lab_part *part,
                         size_t place) {
    enum lab_info_kind needs = form[place].needs;
    if (needs != LAB_INFO_PROSE && !has_block(check->doc, part, needs)) {
        complain(check, part->line);
        lab_text_printf(check->error,
                        "the part \"%s\" has no block marked \"%s\"\n",
                        form[place].title, words[needs]);
    }
    if (place == 0 && has_block(check->doc, part, LAB_INFO_COMMANDS)) {
        complain(check, part->line);
        lab_text_put(check->error, "the part \"Predict\" runs a command; the "
                                   "answer belongs in \"Run\"\n");
    }
}

// Tells of the parts from [place] up to [end], which are not there.
static void complain_of_missing(struct check *check, size_t line, size_t place,
                                size_t end) {
    for (; place < end; place++) {
        complain(check, line);
        lab_text_printf(check->error, "the part \"## %s\" is missing here\n",
                        form[place].title);
    }
}

static void check_parts(struct check *check) {
    size_t expected = 0, last = 1;
    for (size_t i = 1; i < check->parts.count; i++) {
        const struct lab_part *part = &check->parts.parts[i];
        size_t place = place_of(part);
        last = part->line;
        if (place == countof(form) || place < expected) {
            complain(check, part->line);
            lab_text_put(check->error, "the part ");
            lab_text_quote(check->error, part->title, part->title_length);
            lab_text_put(check->error, place < expected
                                           ? " stands too late\n"
                                           : " is none that lessons have\n");
            continue;
        }
        complain_of_missing(check, part->line, expected, place);
        check_blocks(check, part, place);
        expected = place + 1;
    }
    complain_of_missing(check, last, expected, countof(form));
}

// The first line is a heading of the first level.
static void check_title(struct check *check) {
    const struct lab_markdown *doc = check->doc;
    if (doc->length >= 2 && memcmp(doc->text, "# ", 2) == 0)
        return;
    complain(check, 1);
    lab_text_put(check->error, "a lesson begins with its title: \"# 03 gather: "
                               "the question in a few words\"\n");
}

static void check_plan(struct check *check) {
    struct lab_blocks blocks;
    lab_blocks_find(&blocks, &check->parts);
    bool has_plan = blocks.has_plan;
    size_t count = blocks.count;
    lab_blocks_free(&blocks);
    if (has_plan)
        return;
    complain(check, 1);
    lab_text_printf(check->error,
                    "a lesson has a plan below its title, with the minutes it "
                    "takes in class: \"<!-- plan: 15 minutes, %zu blocks "
                    "-->\"\n",
                    count);
}

bool lab_form_check(const char *path, const struct lab_markdown *doc,
                    struct lab_text *error) {
    struct check check = {.path = path, .doc = doc, .error = error};
    lab_parts_split(&check.parts, doc);
    check_title(&check);
    check_plan(&check);
    check_parts(&check);
    check_programs(&check);
    lab_parts_free(&check.parts);
    return !check.failed;
}

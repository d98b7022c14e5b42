// quiz_line.c - the question that an author's line asks.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"
#include "demo/param.h"
#include "lesson/scan.h"
#include "record/label.h"

#include <string.h>

// --- the line

static bool read_kind(struct lab_quiz_wish *wish, const char *word,
                      struct lab_text *error) {
    for (int i = 0; i < LAB_QUIZ_KIND_COUNT; i++) {
        wish->kind = (enum lab_quiz_kind)i;
        if (strcmp(lab_quiz_kind_name(wish->kind), word) == 0)
            return true;
    }
    lab_text_put(error, "no question is called ");
    lab_text_quote(error, word, strlen(word));
    lab_text_put(error, "; there are");
    for (int i = 0; i < LAB_QUIZ_KIND_COUNT; i++)
        lab_text_printf(error, "%s %s", i ? "," : "",
                        lab_quiz_kind_name((enum lab_quiz_kind)i));
    return false;
}

static bool has_moment(enum lab_quiz_kind kind) {
    return kind == LAB_QUIZ_THREAD || kind == LAB_QUIZ_STATE ||
           kind == LAB_QUIZ_WAITS;
}

static bool read_at(struct lab_quiz_wish *wish, const char *value,
                    struct lab_text *error) {
    wish->has_at = lab_param_time(value, "s", &wish->at) && wish->at >= 0;
    if (!wish->has_at)
        lab_text_put(error, "at= is a time of the run, such as at=0.5s");
    else if (!has_moment(wish->kind))
        lab_text_printf(error, "%s has no moment; leave at= out",
                        lab_quiz_kind_name(wish->kind));
    return error->length == 0;
}

static bool read_change(struct lab_quiz_wish *wish, const char *word,
                        struct lab_text *error) {
    bool is_first = wish->change.length == 0;
    if (wish->kind != LAB_QUIZ_WHAT_IF)
        lab_text_put(error, "only what_if asks with another value");
    else if (!is_first)
        lab_text_put(error, "what_if changes one value");
    else
        lab_text_put(&wish->change, word);
    return error->length == 0;
}

static bool read_word(struct lab_quiz_wish *wish, const char *word,
                      bool is_first, struct lab_text *error) {
    if (is_first)
        return read_kind(wish, word, error);
    if (strncmp(word, "at=", 3) == 0)
        return read_at(wish, word + 3, error);
    if (strchr(word, '='))
        return read_change(wish, word, error);
    lab_text_put(&wish->words, wish->words.length ? " " : "");
    lab_text_put(&wish->words, word);
    return true;
}

bool lab_quiz_wish_read(struct lab_quiz_wish *wish, const char *line,
                        size_t length, struct lab_text *error) {
    const char *at = line, *end = line + length;
    bool fine = true, is_first = true;
    *wish = (struct lab_quiz_wish){0};
    while (fine && at < end) {
        const char *start = at;
        while (at < end && !lab_scan_is_space(*at))
            at++;
        struct lab_text word = {0};
        lab_text_write(&word, start, (size_t)(at - start));
        if (word.length) {
            fine = read_word(wish, lab_text_string(&word), is_first, error);
            is_first = false;
        }
        lab_text_free(&word);
        while (at < end && lab_scan_is_space(*at))
            at++;
    }
    if (fine && is_first)
        lab_text_put(error, "this line asks nothing");
    else if (fine && wish->kind == LAB_QUIZ_WHAT_IF && !wish->change.length)
        lab_text_put(error, "what_if needs the value that changes, such as "
                            "delay=2000");
    return error->length == 0;
}

void lab_quiz_wish_free(struct lab_quiz_wish *wish) {
    lab_text_free(&wish->words);
    lab_text_free(&wish->change);
}

// --- the question

// What a wish means in the runs there are.
struct aim {
    const struct lab_run *run; // NULL: any
    struct lab_text who;       // empty: anybody
};

// Words that are no variant name a task or a gauge, which may have spaces.
static void aim_at(struct aim *aim, const struct lab_quiz *quiz,
                   const char *words) {
    for (const char *at = words; *at; at += strspn(at, " ")) {
        struct lab_text word = {0};
        size_t n = strcspn(at, " ");
        lab_text_write(&word, at, n);
        const struct lab_run *run =
            lab_comparison_find(quiz->comparison, lab_text_string(&word));
        if (run && !aim->run) {
            aim->run = run;
        } else {
            lab_text_put(&aim->who, aim->who.length ? " " : "");
            lab_text_put(&aim->who, lab_text_string(&word));
        }
        lab_text_free(&word);
        at += n;
    }
}

static bool is_of(const struct lab_quiz_question *question, const char *who) {
    const struct lab_record *record = question->run->record;
    if (question->kind == LAB_QUIZ_PEAK)
        for (size_t i = 0; question->gauge && i < lab_record_count(record);
             i++) {
            const struct lab_event *event = lab_record_at(record, i);
            if (event->kind == LAB_EVENT_COUNT &&
                event->text == question->gauge)
                return strcmp(lab_record_text(record, event), who) == 0;
        }
    if (question->kind != LAB_QUIZ_STATE && question->kind != LAB_QUIZ_WAITS &&
        question->kind != LAB_QUIZ_END)
        return false;
    struct lab_labels *labels = lab_labels_new(record);
    bool is = lab_labels_find(labels, who) == question->task;
    lab_labels_free(labels);
    return is;
}

static bool fits(const struct lab_quiz_question *question,
                 const struct aim *aim) {
    if (!question->run)
        return !aim->run && !aim->who.length;
    if (aim->run && question->kind != LAB_QUIZ_WHAT_IF &&
        question->run != aim->run)
        return false;
    if (aim->run && strcmp(question->run->name, aim->run->name) != 0)
        return false;
    return !aim->who.length || is_of(question, lab_text_string(&aim->who));
}

static void complain(struct lab_text *error, const struct lab_quiz_wish *wish) {
    lab_text_printf(error, "no run answers this: %s",
                    lab_quiz_kind_name(wish->kind));
    lab_text_printf(error, "%s%s", wish->words.length ? " " : "",
                    lab_text_string(&wish->words));
    if (wish->has_at)
        lab_text_put(error, "; is there such a variant and task, and does "
                            "nothing happen at just that time?");
    else
        lab_text_put(error, "; is there such a variant or task, and is there "
                            "more than one answer to choose from?");
}

bool lab_quiz_ask(struct lab_quiz *quiz, const struct lab_quiz_wish *wish,
                  struct lab_text *error) {
    struct lab_quiz_maker maker;
    struct aim aim = {0};
    struct lab_quiz_question *best = NULL;
    if (quiz->count == LAB_QUIZ_MOST) {
        lab_text_printf(error, "a block asks %d questions at most",
                        LAB_QUIZ_MOST);
        return false;
    }
    aim_at(&aim, quiz, lab_text_string(&wish->words));
    lab_quiz_maker_init(&maker, quiz, 1);
    maker.at = wish->has_at ? &wish->at : NULL;
    lab_quiz_make_kind(&maker, wish->kind);
    for (size_t i = 0; i < maker.count; i++)
        if (fits(&maker.all[i], &aim) &&
            (!best || maker.all[i].score > best->score))
            best = &maker.all[i];
    if (best) {
        quiz->questions[quiz->count++] = *best;
        *best = (struct lab_quiz_question){0};
    } else {
        complain(error, wish);
    }
    lab_quiz_maker_term(&maker);
    lab_text_free(&aim.who);
    return error->length == 0;
}

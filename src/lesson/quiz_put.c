// quiz_put.c - questions and right answers as text.

#include "lesson/quiz_internal.h"

#include "base/json.h"
#include "view/line.h"

#include <inttypes.h>
#include <string.h>

// A count is typed as it is; a number before it would be taken for one.
static bool is_numbered(const struct lab_quiz_question *question) {
    return question->kind != LAB_QUIZ_PEAK;
}

static void put_option(struct lab_text *out,
                       const struct lab_quiz_question *question, size_t i) {
    if (is_numbered(question))
        lab_text_printf(out, "%zu  ", i + 1);
    lab_text_put(out, question->options[i].text);
}

// They are on one line, if there is room.
void lab_quiz_put_options(struct lab_text *out, const struct lab_style *style,
                          const struct lab_quiz_question *question) {
    struct lab_text line = {0}, one = {0};
    bool is_long = false;
    for (size_t i = 0; i < question->count; i++) {
        lab_text_put(&line, i ? "     " : "  ");
        put_option(&line, question, i);
    }
    is_long = lab_line_columns(lab_text_string(&line)) > style->width;
    for (size_t i = 0; i < question->count && is_long; i++) {
        lab_text_clear(&one);
        lab_text_put(&one, "  ");
        put_option(&one, question, i);
        lab_line_put(out, style, lab_text_string(&one), style->width);
        lab_text_put(out, "\n");
    }
    if (!is_long) {
        lab_line_put(out, style, lab_text_string(&line), style->width);
        lab_text_put(out, "\n");
    }
    lab_text_free(&line);
    lab_text_free(&one);
}

void lab_quiz_put_question(struct lab_text *out, const struct lab_style *style,
                           const struct lab_quiz *quiz, size_t index) {
    const struct lab_quiz_question *question = &quiz->questions[index];
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%zu of %zu: %s",
                    quiz->before + index + 1,
                    quiz->before + quiz->count + quiz->after, question->text);
    lab_quiz_put_options(out, style, question);
    struct lab_text how = {0};
    lab_quiz_put_how(&how, question);
    lab_line_end(out, style, LAB_COLOR_DIM, 2, &how);
}

void lab_quiz_put_how(struct lab_text *out,
                      const struct lab_quiz_question *question) {
    switch (question->kind) {
    case LAB_QUIZ_RANK:
        lab_text_put(out, question->count == 2
                              ? "(2 1: the second is faster; 1=2: they are "
                                "equal)"
                              : "(all of them: 3 1=2 says that the third is "
                                "fastest and the others are equal)");
        break;
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        lab_text_put(out, "(a number, or any time: 3s, 250ms)");
        break;
    case LAB_QUIZ_ORDER:
        lab_text_put(out, "(their numbers, the first to be said first: 2 1 3)");
        break;
    case LAB_QUIZ_PEAK:
        lab_text_put(out, "(or any other count)");
        break;
    default:
        lab_text_put(out, "(a number, or the words)");
        break;
    }
}

// Appends the options by their values, equal ones with a sign between. How long
// each takes may be asked next.
static void put_order(struct lab_text *out,
                      const struct lab_quiz_question *question) {
    bool is_rank = question->kind == LAB_QUIZ_RANK;
    struct lab_quiz_question sorted = *question;
    lab_quiz_sort(&sorted);
    for (size_t i = 0; i < sorted.count; i++) {
        const struct lab_quiz_option *at = &sorted.options[i];
        bool equal = i > 0 && is_rank && at->value == at[-1].value;
        lab_text_put(out, i == 0 ? "" : equal ? " = " : ", ");
        lab_text_put(out, at->text);
    }
}

void lab_quiz_put_right(struct lab_text *out,
                        const struct lab_quiz_question *question) {
    if (question->kind == LAB_QUIZ_RANK || question->kind == LAB_QUIZ_ORDER)
        put_order(out, question);
    for (size_t i = 0; i < question->count; i++)
        if (question->options[i].right)
            lab_text_put(out, question->options[i].text);
}

// --- for programs

static void put_number(struct lab_text *out, const char *key, int64_t value) {
    lab_json_put_key(out, key);
    lab_text_printf(out, "%" PRId64, value);
}

static void put_option_json(struct lab_text *out,
                            const struct lab_quiz_option *option) {
    lab_json_put_comma(out);
    lab_text_put(out, "{");
    lab_json_put_member(out, "text", option->text);
    put_number(out, "value", option->value);
    lab_json_put_key(out, "right");
    lab_text_put(out, option->right ? "true" : "false");
    lab_json_put_member(out, "mistake", option->mistake);
    lab_text_put(out, "}");
}

void lab_quiz_put_json(struct lab_text *out, const struct lab_quiz *quiz) {
    for (size_t i = 0; i < quiz->count; i++) {
        const struct lab_quiz_question *at = &quiz->questions[i];
        lab_text_put(out, "{");
        lab_json_put_member(out, "question", lab_quiz_kind_name(at->kind));
        lab_json_put_member(out, "text", at->text);
        lab_json_put_member(out, "variant", at->run ? at->run->name : NULL);
        put_number(out, "at", at->at);
        put_number(out, "task", at->task);
        put_number(out, "event", at->event);
        lab_json_put_key(out, "options");
        lab_text_put(out, "[");
        for (size_t k = 0; k < at->count; k++)
            put_option_json(out, &at->options[k]);
        lab_text_put(out, "]}\n");
    }
}

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

static void put_option_number(struct lab_text *out,
                              const struct lab_quiz_question *question,
                              size_t i) {
    if (is_numbered(question))
        lab_text_printf(out, "%zu  ", i + 1);
}

static void put_option(struct lab_text *out,
                       const struct lab_quiz_question *question, size_t i) {
    put_option_number(out, question, i);
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
    is_long =
        lab_line_columns(lab_text_string(&line)) > lab_line_measure(style, 0);
    int column = is_numbered(question) ? 2 + 3 : 2;
    for (size_t i = 0; i < question->count && is_long; i++) {
        lab_text_clear(&one);
        put_option_number(&one, question, i);
        lab_text_printf(out, "  %s", lab_text_string(&one));
        lab_line_beside(out, style, LAB_COLOR_NONE, column,
                        question->options[i].text);
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

// "3 1 2", or "3 1=2" of a rank: all numbers in order, from [first] on.
static void put_from(struct lab_text *out,
                     const struct lab_quiz_question *question, size_t first) {
    bool has_equal = question->kind == LAB_QUIZ_RANK && question->count > 2;
    for (size_t i = 0; i < question->count; i++)
        lab_text_printf(out, "%s%zu",
                        i == 0                ? ""
                        : has_equal && i == 2 ? "="
                                              : " ",
                        (first + i) % question->count + 1);
}

void lab_quiz_put_example(struct lab_text *out,
                          const struct lab_quiz_question *question) {
    struct lab_text example = {0}, error = {0};
    struct lab_quiz_answer answer;
    for (size_t first = question->count; first-- > 0;) {
        lab_text_clear(&example);
        put_from(&example, question, first);
        if (lab_quiz_grade(question, lab_text_string(&example), &answer,
                           &error) != LAB_QUIZ_RIGHT)
            break;
    }
    lab_text_put(out, lab_text_string(&example));
    lab_text_free(&example);
    lab_text_free(&error);
}

static void put_how_order(struct lab_text *out,
                          const struct lab_quiz_question *question) {
    lab_text_put(out, question->kind == LAB_QUIZ_RANK
                          ? "(each once, such as "
                          : "(their numbers, the line that is said first in "
                            "front, such as ");
    lab_quiz_put_example(out, question);
    lab_text_put(out, question->kind == LAB_QUIZ_RANK
                          ? "; = stands between equal ones)"
                          : ")");
}

void lab_quiz_put_how(struct lab_text *out,
                      const struct lab_quiz_question *question) {
    switch (question->kind) {
    case LAB_QUIZ_RANK:
        if (question->count == 2)
            lab_text_put(out, "(2 1: the second is faster; 1=2: they are "
                              "equal)");
        else
            put_how_order(out, question);
        break;
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        lab_text_put(out, "(its number, or any time: 3s, 250ms)");
        break;
    case LAB_QUIZ_ORDER:
        put_how_order(out, question);
        break;
    case LAB_QUIZ_PEAK:
        lab_text_put(out, "(or any other count)");
        break;
    default:
        lab_text_put(out, "(its number, or its words)");
        break;
    }
}

// An example names options by one digit each, as there are few.
static void put_example_lettered(struct lab_text *out,
                                 const struct lab_quiz_question *question) {
    struct lab_text example = {0};
    lab_quiz_put_example(&example, question);
    for (size_t i = 0; i < example.length; i++) {
        char c = example.data[i];
        bool is_number = c >= '1' && c <= '9';
        lab_text_printf(out, "%c", is_number ? c - '1' + 'a' : c);
    }
    lab_text_free(&example);
}

void lab_quiz_put_how_lettered(struct lab_text *out,
                               const struct lab_quiz_question *question) {
    switch (question->kind) {
    case LAB_QUIZ_RANK:
        if (question->count > 2) {
            lab_text_put(out, "(each once, such as ");
            put_example_lettered(out, question);
            lab_text_put(out, "; = stands between equal ones)");
            return;
        }
        break;
    case LAB_QUIZ_ORDER:
        lab_text_put(out, "(their letters, the line that is said first in "
                          "front, such as ");
        put_example_lettered(out, question);
        lab_text_put(out, ")");
        return;
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        lab_text_put(out, "(its letter, or any time: 3s, 250ms)");
        return;
    case LAB_QUIZ_PEAK:
        lab_text_put(out, "(its letter, or any other count)");
        return;
    default:
        break;
    }
    lab_text_put(out, "(its letter)");
}

// A line that is said may have commas of its own, as the order has.
static bool has_commas(const struct lab_quiz_question *question) {
    for (size_t i = 0; i < question->count; i++)
        if (strchr(question->options[i].text, ','))
            return true;
    return false;
}

// Appends the options by their values, equal ones with a sign between. How long
// each takes may be asked next. Of two, which one is faster was the question.
static void put_order(struct lab_text *out,
                      const struct lab_quiz_question *question) {
    bool is_rank = question->kind == LAB_QUIZ_RANK;
    bool is_quoted = has_commas(question) && !question->has_letters;
    const char *quote = is_quoted ? "\"" : "";
    struct lab_quiz_question sorted = *question;
    lab_quiz_sort(&sorted);
    for (size_t i = 0; i < sorted.count; i++) {
        const struct lab_quiz_option *at = &sorted.options[i];
        bool equal = i > 0 && is_rank && at->value == at[-1].value;
        if (i == 1 && is_rank && sorted.count == 2 && !equal)
            return;
        lab_text_put(out, i == 0 ? "" : equal ? " = " : ", ");
        lab_text_printf(out, "%s%s%s", quote, at->text, quote);
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

// Lines that are in an order are long, and stand above.
void lab_quiz_put_said(struct lab_text *out,
                       const struct lab_quiz_question *question,
                       const struct lab_quiz_answer *answer) {
    switch (question->kind) {
    case LAB_QUIZ_ORDER:
        break;
    case LAB_QUIZ_RANK:
        for (size_t i = 0; i < question->count; i++)
            lab_text_printf(out, "%s%s",
                            i == 0             ? ""
                            : answer->equal[i] ? " = "
                                               : ", ",
                            question->options[answer->order[i]].text);
        break;
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        lab_time_put(out, answer->value);
        break;
    case LAB_QUIZ_PEAK:
        lab_text_printf(out, "%" PRId64, answer->value);
        break;
    default:
        lab_text_put(out, question->options[answer->option].text);
        break;
    }
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

// quiz_answer.c - what was typed, read and graded.

#include "lesson/quiz_internal.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool lab_quiz_same_time(lab_time answer, lab_time right) {
    lab_time off = answer < right ? right - answer : answer - right;
    lab_time allowed = right / 20 < LAB_MS / 2 ? right / 20 : LAB_MS / 2;
    return off <= allowed;
}

bool lab_quiz_near_time(lab_time answer, lab_time right) {
    lab_time off = answer < right ? right - answer : answer - right;
    return off <= right / 10;
}

// --- times and counts

// A unit as it is written here, or as people say it; 0 if it is none.
static lab_time unit_of(const char *word) {
    static const struct {
        const char *word;
        lab_time unit;
    } said[] = {{"sec", LAB_S},          {"secs", LAB_S},
                {"second", LAB_S},       {"seconds", LAB_S},
                {"msec", LAB_MS},        {"millisecond", LAB_MS},
                {"milliseconds", LAB_MS}};
    for (size_t i = 0; i < countof(said); i++)
        if (strcasecmp(word, said[i].word) == 0)
            return said[i].unit;
    return lab_time_unit(word, strlen(word));
}

// Reads "3s", "3000 ms", "1.5 seconds" into [time]. Sets [has_unit]. False if
// it is no number, or is out of range.
static bool read_time(const char *typed, lab_time *time, bool *has_unit) {
    char *end;
    double number = strtod(typed, &end);
    if (end == typed || number < 0 ||
        (!isdigit((unsigned char)*typed) && *typed != '.'))
        return false;
    end += strspn(end, " ");
    lab_time unit = unit_of(end);
    *has_unit = *end != '\0';
    if (*has_unit && unit == 0)
        return false;
    double nanoseconds = number * (double)(unit ? unit : 1);
    if (nanoseconds > 9e17)
        return false;
    *time = (lab_time)(nanoseconds + 0.5);
    return true;
}

// Returns the option called [n] bytes at [word]: its number, its text, or the
// beginning of no other's; SIZE_MAX if there is none.
static size_t find_option(const struct lab_quiz_question *question,
                          const char *word, size_t n) {
    size_t found = SIZE_MAX, matches = 0, number = 0;
    bool is_number = n > 0 && n < 4;
    for (size_t i = 0; i < n && is_number; i++) {
        is_number = isdigit((unsigned char)word[i]);
        number = number * 10 + (size_t)(word[i] - '0');
    }
    if (is_number && question->kind != LAB_QUIZ_PEAK)
        return number >= 1 && number <= question->count ? number - 1 : SIZE_MAX;
    for (size_t i = 0; i < question->count; i++) {
        const char *text = question->options[i].text;
        if (n == 0 || strncasecmp(text, word, n) != 0)
            continue;
        if (text[n] == '\0')
            return i;
        found = i;
        matches++;
    }
    return matches == 1 ? found : SIZE_MAX;
}

static enum lab_quiz_grade unclear(struct lab_text *error, const char *typed,
                                   const char *what) {
    lab_text_quote(error, typed, strlen(typed));
    lab_text_printf(error, " is not an answer here: %s", what);
    return LAB_QUIZ_UNCLEAR;
}

// Returns the option whose figure is [typed], without its unit: "3" of "3.000
// s"; SIZE_MAX if there is none.
static size_t find_figure(const struct lab_quiz_question *question,
                          const char *typed) {
    char *end;
    double number = strtod(typed, &end);
    if (end == typed || *end)
        return SIZE_MAX;
    for (size_t i = 0; i < question->count; i++)
        if (strtod(question->options[i].text, &end) == number)
            return i;
    return SIZE_MAX;
}

// A number is that of an option, or a time whose unit was left out. It must not
// be both: what was meant right would be graded wrong.
static bool is_either(const struct lab_quiz_question *question,
                      const char *typed, size_t *option,
                      struct lab_text *error) {
    size_t figure = find_figure(question, typed);
    if (*option == SIZE_MAX)
        *option = figure;
    if (figure == SIZE_MAX || figure == *option)
        return false;
    lab_text_printf(error,
                    "\"%s\" may be answer %s, which is %s, or %s: type the "
                    "time with its unit",
                    typed, typed, question->options[*option].text,
                    question->options[figure].text);
    return true;
}

static enum lab_quiz_grade grade_time(const struct lab_quiz_question *question,
                                      const char *typed,
                                      struct lab_quiz_answer *answer,
                                      struct lab_text *error) {
    bool has_unit = false;
    answer->option = find_option(question, typed, strlen(typed));
    if (is_either(question, typed, &answer->option, error))
        return LAB_QUIZ_UNCLEAR;
    if (answer->option != SIZE_MAX)
        answer->value = question->options[answer->option].value;
    else if (!read_time(typed, &answer->value, &has_unit))
        return unclear(error, typed, "type a time, such as 3s or 250ms");
    else if (!has_unit && answer->value != 0)
        return unclear(error, typed,
                       "a time has a unit, such as 3s or 250ms, and the "
                       "answers have numbers from 1 on");
    for (size_t i = 0; i < question->count; i++)
        if (lab_quiz_same_time(answer->value, question->options[i].value))
            answer->option = i;
    if (lab_quiz_same_time(answer->value, question->right))
        return LAB_QUIZ_RIGHT;
    return lab_quiz_near_time(answer->value, question->right) ? LAB_QUIZ_NEAR
                                                              : LAB_QUIZ_WRONG;
}

static enum lab_quiz_grade grade_count(const struct lab_quiz_question *question,
                                       const char *typed,
                                       struct lab_quiz_answer *answer,
                                       struct lab_text *error) {
    char *end;
    answer->value = strtol(typed, &end, 10);
    if (!isdigit((unsigned char)*typed) || *end || strlen(typed) > 9)
        return unclear(error, typed, "type a count, such as 3");
    for (size_t i = 0; i < question->count; i++)
        if (question->options[i].value == answer->value)
            answer->option = i;
    return answer->value == question->right ? LAB_QUIZ_RIGHT : LAB_QUIZ_WRONG;
}

// --- one of the options

static enum lab_quiz_grade
grade_choice(const struct lab_quiz_question *question, const char *typed,
             struct lab_quiz_answer *answer, struct lab_text *error) {
    answer->option = find_option(question, typed, strlen(typed));
    if (answer->option == SIZE_MAX)
        return unclear(error, typed, "type the number of one, or its words");
    answer->value = question->options[answer->option].value;
    return question->options[answer->option].right ? LAB_QUIZ_RIGHT
                                                   : LAB_QUIZ_WRONG;
}

// --- orders

// Takes the next word off *[at], the longest that is an option: lines have
// spaces in them. SIZE_MAX if none is.
static size_t next_option(const struct lab_quiz_question *question,
                          const char **at) {
    size_t n = strcspn(*at, "=,<");
    for (; n > 0; n--) {
        if ((*at)[n - 1] == ' ')
            continue;
        char after = (*at)[n];
        size_t option = after == '\0' || strchr(" =,<", after)
                            ? find_option(question, *at, n)
                            : SIZE_MAX;
        if (option != SIZE_MAX) {
            *at += n;
            return option;
        }
    }
    return SIZE_MAX;
}

// Takes the sign between two options: is the next one equal?
static bool next_sign(const char **at) {
    size_t n = strspn(*at, " =,<");
    bool equal = memchr(*at, '=', n) != NULL;
    *at += n;
    return equal;
}

// "equal" or "the same", as people answer "or are they equal?", is 1=2.
static bool read_equal(const struct lab_quiz_question *question,
                       const char *typed, struct lab_quiz_answer *answer) {
    static const char *const said[] = {"equal", "same", "the same",
                                       "they are equal"};
    bool equal = false;
    for (size_t i = 0; i < countof(said); i++)
        equal = equal || strcasecmp(typed, said[i]) == 0;
    if (question->kind != LAB_QUIZ_RANK || !equal)
        return false;
    for (size_t i = 0; i < question->count; i++) {
        answer->order[i] = i;
        answer->equal[i] = i > 0;
    }
    return true;
}

// Of two that are ranked, the faster alone says it all.
static bool read_faster(const struct lab_quiz_question *question,
                        const char *typed, struct lab_quiz_answer *answer) {
    size_t faster = find_option(question, typed, strlen(typed));
    if (question->kind != LAB_QUIZ_RANK || question->count != 2 ||
        faster == SIZE_MAX)
        return false;
    answer->order[0] = faster;
    answer->order[1] = 1 - faster;
    return true;
}

// Which options were seen stands in [seen]: all, if it returns true.
static bool read_order(const struct lab_quiz_question *question,
                       const char *typed, struct lab_quiz_answer *answer,
                       bool *seen) {
    if (read_faster(question, typed, answer) ||
        read_equal(question, typed, answer))
        return true;
    const char *at = typed;
    for (size_t i = 0; i < question->count; i++) {
        answer->equal[i] = next_sign(&at) && i > 0;
        size_t option = next_option(question, &at);
        if (option == SIZE_MAX || seen[option])
            return false;
        answer->order[i] = option;
        seen[option] = true;
    }
    return !next_sign(&at) && *at == '\0';
}

// "2 and 4 are missing: ", if nothing else is wrong with [typed].
static void put_missing(struct lab_text *out,
                        const struct lab_quiz_question *question,
                        const char *typed, const bool *seen) {
    struct lab_text rest = {0};
    struct lab_quiz_answer answer;
    size_t missing = 0, told = 0;
    lab_text_put(&rest, typed);
    for (size_t i = 0; i < question->count; i++) {
        bool again[LAB_QUIZ_OPTIONS] = {0};
        missing += !seen[i];
        if (!seen[i])
            lab_text_printf(&rest, " %zu", i + 1);
        if (i + 1 == question->count &&
            !read_order(question, lab_text_string(&rest), &answer, again))
            missing = 0; // something else is wrong
    }
    lab_text_free(&rest);
    for (size_t i = 0; i < question->count && missing > 0; i++)
        if (!seen[i])
            lab_text_printf(out, "%s%zu",
                            told++ == 0       ? ""
                            : told == missing ? " and "
                                              : ", ",
                            i + 1);
    if (missing)
        lab_text_printf(out, " %s missing: ", missing == 1 ? "is" : "are");
}

static enum lab_quiz_grade grade_order(const struct lab_quiz_question *question,
                                       const char *typed,
                                       struct lab_quiz_answer *answer,
                                       struct lab_text *error) {
    struct lab_text how = {0};
    bool seen[LAB_QUIZ_OPTIONS] = {0};
    if (!read_order(question, typed, answer, seen)) {
        put_missing(&how, question, typed, seen);
        lab_text_put(&how, "type each once, such as ");
        lab_quiz_put_example(&how, question);
        unclear(error, typed, lab_text_string(&how));
        lab_text_free(&how);
        return LAB_QUIZ_UNCLEAR;
    }
    for (size_t i = 1; i < question->count; i++) {
        int64_t before = question->options[answer->order[i - 1]].value;
        int64_t here = question->options[answer->order[i]].value;
        if (before > here || answer->equal[i] != (before == here))
            return LAB_QUIZ_WRONG;
    }
    return LAB_QUIZ_RIGHT;
}

bool lab_quiz_is_order(const struct lab_quiz_question *question,
                       const struct lab_quiz_answer *answer, const char *said) {
    for (size_t i = 0; i < question->count; i++) {
        const char *line = question->options[answer->order[i]].text;
        size_t n = strlen(line);
        if (strncmp(said, line, n) != 0 || said[n] != '\n')
            return false;
        said += n + 1;
    }
    return *said == '\0';
}

enum lab_quiz_grade lab_quiz_grade(const struct lab_quiz_question *question,
                                   const char *typed,
                                   struct lab_quiz_answer *answer,
                                   struct lab_text *error) {
    *answer = (struct lab_quiz_answer){.option = SIZE_MAX};
    switch (question->kind) {
    case LAB_QUIZ_RANK:
    case LAB_QUIZ_ORDER:
        return grade_order(question, typed, answer, error);
    case LAB_QUIZ_ELAPSED:
    case LAB_QUIZ_WHAT_IF:
        return grade_time(question, typed, answer, error);
    case LAB_QUIZ_PEAK:
        return grade_count(question, typed, answer, error);
    default:
        return grade_choice(question, typed, answer, error);
    }
}

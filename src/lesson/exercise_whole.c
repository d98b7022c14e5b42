// exercise_whole.c - has an exercise all that exercises have, and do its hints
// leave the answer to the learner?

#include "base/alloc.h"
#include "lesson/exercise.h"

#include <ctype.h>
#include <string.h>

static void lack(const struct lab_exercise *exercise, const char *what,
                 bool *whole, struct lab_text *error) {
    *whole = false;
    lab_text_printf(error, "%s:%zu: %s\n", exercise->path,
                    exercise->claims_line, what);
}

static size_t count(const struct lab_exercise *exercise,
                    enum lab_exercise_kind kind, bool is_python) {
    const struct lab_exercise_program *at = NULL;
    size_t n = 0;
    while ((at = lab_exercise_find(exercise, kind, is_python, at)))
        n++;
    return n;
}

// Has it what it needs in one language, or nothing at all?
static bool has_language(const struct lab_exercise *exercise, bool is_python,
                         bool *has_any) {
    size_t starts = count(exercise, LAB_EXERCISE_START, is_python);
    size_t solutions = count(exercise, LAB_EXERCISE_SOLUTION, is_python);
    size_t wrong = count(exercise, LAB_EXERCISE_WRONG, is_python);
    if (starts + solutions + wrong == 0)
        return true;
    *has_any = true;
    return starts == 1 && solutions >= 2 && wrong >= 2;
}

// --- hints

// So many letters in a row of a solution, and not of what the learner is given,
// are a part of the answer. Only the last hint says how.
enum { SHARED = 12 };

static bool begins_comment(const char *at, bool is_python) {
    return is_python ? *at == '#' : at[0] == '/' && at[1] == '/';
}

// Appends [text] without its comments, and with one space for several.
static void put_code(struct lab_text *out, const char *text, bool is_python) {
    char quote = '\0';
    for (const char *at = text; *at; at++) {
        if (!quote && begins_comment(at, is_python))
            at += strcspn(at, "\n");
        if (*at == '"' || *at == '\'')
            quote = !quote ? *at : quote == *at ? '\0' : quote;
        bool is_space = !*at || strchr(" \t\n", *at);
        if (*at == '\n')
            quote = '\0';
        if (!is_space)
            lab_text_write(out, at, 1);
        else if (out->length && out->data[out->length - 1] != ' ')
            lab_text_put(out, " ");
        if (!*at)
            break;
    }
}

// What the learner is given, apart from hints.
static void put_given(struct lab_text *out,
                      const struct lab_exercise *exercise) {
    for (size_t i = 0; i < exercise->program_count; i++)
        if (exercise->programs[i].kind == LAB_EXERCISE_START)
            put_code(out, exercise->programs[i].text,
                     exercise->programs[i].is_python);
    put_code(out, exercise->statement ? exercise->statement : "", false);
}

// Does the hint, squeezed, have a part of [solution] that is not given? Then
// appends a sentence.
static void check_hint(const struct lab_exercise *exercise, size_t number,
                       const struct lab_exercise_program *solution,
                       const char *given, bool *whole, struct lab_text *error) {
    struct lab_text hint = {0}, code = {0}, what = {0};
    put_code(&hint, exercise->hints[solution->is_python][number], false);
    put_code(&code, solution->text, solution->is_python);
    for (size_t i = 0; i + SHARED <= hint.length && !what.length; i++) {
        char part[SHARED + 1] = {0};
        memcpy(part, hint.data + i, SHARED);
        if (strstr(lab_text_string(&code), part) && !strstr(given, part))
            lab_text_printf(&what,
                            "hint %zu has \"%s\", which is in a solution",
                            number + 1, part);
    }
    if (what.length)
        lack(exercise, lab_text_string(&what), whole, error);
    lab_text_free(&hint);
    lab_text_free(&code);
    lab_text_free(&what);
}

static void check_hints(const struct lab_exercise *exercise, bool *whole,
                        struct lab_text *error) {
    struct lab_text given = {0};
    put_given(&given, exercise);
    for (size_t i = 0; i < exercise->program_count; i++) {
        const struct lab_exercise_program *program = &exercise->programs[i];
        size_t count = exercise->hint_count[program->is_python];
        for (size_t j = 0; j + 1 < count; j++)
            if (program->kind == LAB_EXERCISE_SOLUTION)
                check_hint(exercise, j, program, lab_text_string(&given), whole,
                           error);
    }
    lab_text_free(&given);
}

// --- words of the other language

static bool is_in_word(char at) {
    return isalnum((unsigned char)at) || at == '_';
}

// Has [text] the word [word]? One that ends in _ may be the beginning of any.
static bool has_word(const char *text, const char *word) {
    size_t n = strlen(word);
    const char *at = text;
    for (; (at = strstr(at, word)); at += n)
        if ((at == text || !is_in_word(at[-1])) &&
            (word[n - 1] == '_' || !is_in_word(at[n])))
            return true;
    return false;
}

// Whoever mends the program in one language need not know the other.
static void check_words(const struct lab_exercise *exercise, bool is_python,
                        bool *whole, struct lab_text *error) {
    static const char *const words[2][3] = {{"Python", "asyncio", "async"},
                                            {"C", "lab_", "LAB_"}};
    for (size_t i = 0; i < exercise->hint_count[is_python]; i++)
        for (size_t j = 0; j < countof(words[0]); j++) {
            struct lab_text what = {0};
            const char *word = words[is_python][j];
            if (!has_word(exercise->hints[is_python][i], word))
                continue;
            lab_text_printf(&what,
                            "hint %zu in %s has \"%s\"; \"hint c\" and \"hint "
                            "python\" are for one language",
                            i + 1, is_python ? "Python" : "C", word);
            lack(exercise, lab_text_string(&what), whole, error);
            lab_text_free(&what);
        }
}

bool lab_exercise_is_whole(const struct lab_exercise *exercise,
                           struct lab_text *error) {
    bool whole = true, has_any = false;
    if (!has_language(exercise, false, &has_any))
        lack(exercise,
             "in C there must be one start, and two or more "
             "solutions and wrong answers",
             &whole, error);
    if (!has_language(exercise, true, &has_any))
        lack(exercise,
             "in Python there must be one start, and two or more "
             "solutions and wrong answers",
             &whole, error);
    if (!has_any)
        lack(exercise, "there is no program, in C or in Python", &whole, error);
    if (exercise->hint_count[false] < LAB_EXERCISE_HINTS ||
        exercise->hint_count[true] < LAB_EXERCISE_HINTS)
        lack(exercise, "there must be three hints", &whole, error);
    if (!exercise->case_count)
        lack(exercise, "the claims name no cases", &whole, error);
    if (!exercise->after)
        lack(exercise, "the part \"## After\" is missing", &whole, error);
    if (!exercise->line_count)
        lack(exercise, "there is no block of lines to assemble", &whole, error);
    if (!exercise->try_values)
        lack(exercise, "there is no block to try", &whole, error);
    check_hints(exercise, &whole, error);
    check_words(exercise, false, &whole, error);
    check_words(exercise, true, &whole, error);
    return whole;
}

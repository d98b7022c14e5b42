#include "lesson/exercise_internal.h"

#include "base/alloc.h"
#include "lesson/scan.h"

#include <string.h>

// Cuts the next piece, up to [mark], off [span]. False if nothing is left.
static bool take_piece(struct lab_exercise_span *span, char mark,
                       struct lab_exercise_span *piece) {
    if (span->at == span->end)
        return false;
    const char *end = memchr(span->at, mark, (size_t)(span->end - span->at));
    *piece = lab_exercise_trim(span->at, end ? end : span->end);
    *span = lab_exercise_trim(end ? end + 1 : span->end, span->end);
    return true;
}

static void complain(struct lab_exercise_reading *reading,
                     const char *sentence) {
    lab_exercise_complain(reading, reading->fence->line, sentence);
}

static struct lab_exercise_span
line_of(const struct lab_exercise_reading *reading, size_t index) {
    const struct lab_fence_line *line =
        &reading->doc->lines[reading->fence->first + index];
    return (struct lab_exercise_span){reading->doc->text + line->content,
                                      reading->doc->text + line->end};
}

// All lines of the block.
static char *copy_block(const struct lab_exercise_reading *reading) {
    struct lab_text text = {0};
    for (size_t i = 0; i < reading->fence->count; i++) {
        struct lab_exercise_span line = line_of(reading, i);
        lab_text_write(&text, line.at, (size_t)(line.end - line.at));
        lab_text_put(&text, "\n");
    }
    char *result = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return result;
}

// Keeps what may be there once.
static void keep(struct lab_exercise_reading *reading, char **kept, char *text,
                 const char *sentence) {
    if (*kept) {
        complain(reading, sentence);
        lab_free(text);
    } else {
        *kept = text;
    }
}

// --- claims

static void add_claim(struct lab_exercise *exercise,
                      struct lab_exercise_span line) {
    exercise->claims =
        lab_grow(exercise->claims, exercise->claim_count, &exercise->claim_room,
                 sizeof *exercise->claims);
    exercise->claims[exercise->claim_count++] = lab_exercise_copy(line);
}

static void add_cases(struct lab_exercise *exercise,
                      struct lab_exercise_span line) {
    struct lab_exercise_span piece;
    while (take_piece(&line, ';', &piece)) {
        exercise->cases =
            lab_grow(exercise->cases, exercise->case_count,
                     &exercise->case_room, sizeof *exercise->cases);
        exercise->cases[exercise->case_count++] = lab_exercise_copy(piece);
    }
}

static void read_under(struct lab_exercise_reading *reading,
                       struct lab_exercise_span line) {
    struct lab_exercise_span piece;
    while (take_piece(&line, ',', &piece))
        if (lab_exercise_take(&piece, "late"))
            reading->exercise->late = true;
        else if (lab_exercise_take(&piece, "cancel"))
            reading->exercise->cancel = true;
        else if (!lab_exercise_take(&piece, "none"))
            complain(reading, "\"under\" takes late, cancel, both with a comma "
                              "between them, or none");
}

static void read_claims(struct lab_exercise_reading *reading) {
    struct lab_exercise *exercise = reading->exercise;
    if (exercise->claim_count)
        complain(reading, "an exercise has one block of claims, and this is "
                          "another");
    exercise->claims_line = reading->fence->line;
    for (size_t i = 0; i < reading->fence->count; i++) {
        struct lab_exercise_span line = line_of(reading, i);
        line = lab_exercise_trim(line.at, line.end);
        if (lab_exercise_take(&line, "small"))
            keep(reading, &exercise->small, lab_exercise_copy(line),
                 "there is one small case, and this is another");
        else if (lab_exercise_take(&line, "cases"))
            add_cases(exercise, line);
        else if (lab_exercise_take(&line, "under"))
            read_under(reading, line);
        else if (line.at < line.end)
            add_claim(exercise, line);
    }
    if (!exercise->claim_count)
        complain(reading, "this block has no claim, such as: count(arrived) = "
                          "n");
    if (!exercise->small)
        complain(reading, "this block does not say the small case, which is "
                          "tried under every schedule: small n=3 limit=2");
}

// --- programs

// Takes the last words off [span], if they are "under [word]".
static bool take_under(struct lab_exercise_span *span, const char *word) {
    struct lab_text text = {0};
    lab_text_printf(&text, " under %s", word);
    bool is = (size_t)(span->end - span->at) > text.length &&
              memcmp(span->end - text.length, lab_text_string(&text),
                     text.length) == 0;
    if (is)
        *span = lab_exercise_trim(span->at, span->end - text.length);
    lab_text_free(&text);
    return is;
}

// Reads what follows "wrong": ": peak(begins - ends) under cancel".
static void read_name(struct lab_exercise_program *program,
                      struct lab_exercise_span info) {
    static const char *const phases[] = {"late", "cancel", "seeds"};
    const char *under = "";
    if (info.at < info.end && *info.at == ':')
        info = lab_exercise_trim(info.at + 1, info.end);
    for (size_t i = 0;
         program->kind != LAB_EXERCISE_SOLUTION && i < countof(phases); i++)
        if (take_under(&info, phases[i]))
            under = phases[i];
    program->name = lab_exercise_copy(info);
    program->under = lab_strdup(under);
}

static void read_program(struct lab_exercise_reading *reading,
                         struct lab_exercise_span info, bool is_python) {
    struct lab_exercise *exercise = reading->exercise;
    struct lab_exercise_program program = {.is_python = is_python,
                                           .line = reading->fence->line};
    if (lab_exercise_take(&info, "start"))
        program.kind = LAB_EXERCISE_START;
    else if (lab_exercise_take(&info, "solution"))
        program.kind = LAB_EXERCISE_SOLUTION;
    else if (lab_exercise_take(&info, "wrong"))
        program.kind = LAB_EXERCISE_WRONG;
    else {
        complain(reading, "a program is a start, a solution or wrong: \"```c "
                          "wrong: time\"");
        return;
    }
    read_name(&program, info);
    program.text = copy_block(reading);
    exercise->programs =
        lab_grow(exercise->programs, exercise->program_count,
                 &exercise->program_room, sizeof *exercise->programs);
    exercise->programs[exercise->program_count++] = program;
}

// --- what is put in order, and tried

static bool take_given(struct lab_exercise_span *line) {
    static const char mark[] = "# given";
    size_t length = sizeof mark - 1;
    if ((size_t)(line->end - line->at) < length ||
        memcmp(line->end - length, mark, length) != 0)
        return false;
    line->end -= length;
    while (line->end > line->at && lab_scan_is_space(line->end[-1]))
        line->end--;
    return true;
}

static void add_line(struct lab_exercise *exercise,
                     struct lab_exercise_span line) {
    const char *bar = NULL;
    struct lab_exercise_line added = {.given = take_given(&line)};
    for (const char *at = line.at; at + 3 <= line.end && !bar; at++)
        if (memcmp(at, " | ", 3) == 0)
            bar = at;
    added.right = lab_exercise_copy(
        (struct lab_exercise_span){line.at, bar ? bar : line.end});
    if (bar) {
        // It is indented as the right one is.
        struct lab_text wrong = {0};
        lab_text_write(&wrong, line.at,
                       (size_t)(lab_exercise_trim(line.at, bar).at - line.at));
        struct lab_exercise_span rest = lab_exercise_trim(bar + 3, line.end);
        lab_text_write(&wrong, rest.at, (size_t)(rest.end - rest.at));
        added.wrong = lab_strdup(lab_text_string(&wrong));
        lab_text_free(&wrong);
    }
    exercise->lines = lab_grow(exercise->lines, exercise->line_count,
                               &exercise->line_room, sizeof *exercise->lines);
    exercise->lines[exercise->line_count++] = added;
}

// Lines that are given stand before and after those to put in order.
static void check_given(struct lab_exercise_reading *reading) {
    const struct lab_exercise *exercise = reading->exercise;
    size_t changes = 0, open = 0;
    for (size_t i = 0; i < exercise->line_count; i++) {
        open += !exercise->lines[i].given;
        changes +=
            i > 0 && exercise->lines[i].given != exercise->lines[i - 1].given;
    }
    if (open < 2)
        complain(reading, "there are fewer than two lines to put in order");
    else if (changes > 2 || (changes == 2 && !exercise->lines[0].given))
        complain(reading, "lines that are given stand above those to put in "
                          "order or below them, not between");
}

static void read_assemble(struct lab_exercise_reading *reading) {
    if (reading->exercise->line_count) {
        complain(reading, "there is one block of lines to assemble, and this "
                          "is another");
        return;
    }
    for (size_t i = 0; i < reading->fence->count; i++) {
        struct lab_exercise_span line = line_of(reading, i);
        if (!lab_scan_is_blank(line.at, line.end))
            add_line(reading->exercise, line);
    }
    check_given(reading);
}

static void read_try(struct lab_exercise_reading *reading) {
    struct lab_exercise *exercise = reading->exercise;
    char *text = copy_block(reading);
    struct lab_exercise_span rest =
                                 lab_exercise_trim(text, text + strlen(text)),
                             values;
    const char *colon = strchr(text, ':');
    if (!colon || !take_piece(&rest, ':', &values) || rest.at == rest.end)
        complain(reading, "this block says what may be changed, and what must "
                          "hold: \"limit=1..9: peak(inside) <= 4\"");
    else {
        keep(reading, &exercise->try_values, lab_exercise_copy(values),
             "there is one block to try, and this is another");
        if (!exercise->try_claims)
            exercise->try_claims = lab_exercise_copy(rest);
    }
    lab_free(text);
}

static void add_hint(struct lab_exercise_reading *reading, bool is_python,
                     struct lab_exercise_span hint) {
    struct lab_exercise *exercise = reading->exercise;
    size_t *count = &exercise->hint_count[is_python];
    if (*count == LAB_EXERCISE_HINTS)
        complain(reading, "there are three hints, and this is a fourth");
    else
        exercise->hints[is_python][(*count)++] = lab_exercise_copy(hint);
}

// A hint is for both languages, unless it names one.
static void read_hint(struct lab_exercise_reading *reading,
                      struct lab_exercise_span info) {
    bool in_c = lab_exercise_take(&info, "c");
    bool in_python = !in_c && lab_exercise_take(&info, "python");
    if (info.at != info.end) {
        complain(reading, "a hint is for both languages, c or python");
        return;
    }
    char *text = copy_block(reading);
    struct lab_exercise_span hint =
        lab_exercise_trim(text, text + strlen(text));
    if (!in_python)
        add_hint(reading, false, hint);
    if (!in_c)
        add_hint(reading, true, hint);
    lab_free(text);
}

static void read_c(struct lab_exercise_reading *reading,
                   struct lab_exercise_span info) {
    if (lab_exercise_take(&info, "table"))
        keep(reading, &reading->exercise->table, copy_block(reading),
             "there is one table, and this is another");
    else
        read_program(reading, info, false);
}

void lab_exercise_read_block(struct lab_exercise_reading *reading) {
    struct lab_exercise_span info =
        lab_exercise_trim(reading->doc->text + reading->fence->info,
                          reading->doc->text + reading->fence->info_end);
    if (!reading->fence->closed)
        complain(reading, "this block is not closed");
    if (lab_exercise_take(&info, "claims"))
        read_claims(reading);
    else if (lab_exercise_take(&info, "c"))
        read_c(reading, info);
    else if (lab_exercise_take(&info, "python"))
        read_program(reading, info, true);
    else if (lab_exercise_take(&info, "assemble"))
        read_assemble(reading);
    else if (lab_exercise_take(&info, "try"))
        read_try(reading);
    else if (lab_exercise_take(&info, "hint"))
        read_hint(reading, info);
    else
        complain(reading, "a block of an exercise is claims, c, python, "
                          "assemble, try or hint");
}

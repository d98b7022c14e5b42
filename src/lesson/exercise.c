#include "lesson/exercise.h"

#include "base/alloc.h"
#include "base/read.h"
#include "lesson/exercise_internal.h"
#include "lesson/parts.h"
#include "lesson/scan.h"

#include <string.h>

struct lab_exercise_span lab_exercise_trim(const char *at, const char *end) {
    while (at < end && (lab_scan_is_space(*at) || *at == '\n' || *at == '\r'))
        at++;
    while (end > at &&
           (lab_scan_is_space(end[-1]) || end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return (struct lab_exercise_span){at, end};
}

char *lab_exercise_copy(struct lab_exercise_span span) {
    struct lab_text text = {0};
    lab_text_write(&text, span.at, (size_t)(span.end - span.at));
    char *result = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return result;
}

bool lab_exercise_take(struct lab_exercise_span *span, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(span->end - span->at) < length ||
        memcmp(span->at, word, length) != 0)
        return false;
    const char *after = span->at + length;
    if (after < span->end && (lab_scan_is_word(*after) || *after == '('))
        return false;
    *span = lab_exercise_trim(after, span->end);
    return true;
}

void lab_exercise_complain(struct lab_exercise_reading *reading, size_t line,
                           const char *sentence) {
    reading->failed = true;
    lab_text_printf(reading->error, "%s:%zu: %s\n", reading->exercise->path,
                    line, sentence);
}

// --- the file

static bool has_claim(const struct lab_exercise *exercise,
                      const struct lab_exercise_program *program) {
    for (size_t i = 0; i < exercise->claim_count; i++)
        if (lab_exercise_names(program, exercise->claims[i]))
            return true;
    return lab_exercise_names(program, "ends ok");
}

// The block of claims may come last, so this is asked at the end.
static void check_claims(struct lab_exercise_reading *reading) {
    const struct lab_exercise *exercise = reading->exercise;
    for (size_t i = 0; i < exercise->program_count; i++) {
        const struct lab_exercise_program *program = &exercise->programs[i];
        if (program->kind == LAB_EXERCISE_SOLUTION ||
            has_claim(exercise, program))
            continue;
        lab_exercise_complain(
            reading, program->line,
            *program->name
                ? "no claim begins with the words that this program is said "
                  "to break; those under cancel are marked \"cancel:\""
                : "this program must name the claim that it breaks first: "
                  "\"wrong: time\"");
    }
}

static void read_title(struct lab_exercise_reading *reading) {
    const struct lab_markdown *doc = reading->doc;
    const char *next, *end = doc->text + doc->length;
    const char *stop = lab_scan_line(doc->text, end, &next);
    if (doc->length < 2 || memcmp(doc->text, "# ", 2) != 0) {
        lab_exercise_complain(
            reading, 1,
            "an exercise begins with its title: \"# 11 semaphore: "
            "three at a time\"");
        next = doc->text;
    } else {
        reading->exercise->title =
            lab_exercise_copy(lab_exercise_trim(doc->text + 2, stop));
    }
    const char *first =
        doc->fence_count ? doc->text + doc->fences[0].start : end;
    struct lab_exercise_span statement =
        lab_exercise_trim(next, first > next ? first : next);
    reading->exercise->statement = lab_exercise_copy(statement);
    if (statement.at == statement.end)
        lab_exercise_complain(reading, 1,
                              "the title is followed by the task, in a few "
                              "sentences");
}

static void read_after(struct lab_exercise_reading *reading) {
    struct lab_parts parts;
    lab_parts_split(&parts, reading->doc);
    for (size_t i = 1; i < parts.count; i++) {
        const struct lab_part *part = &parts.parts[i];
        struct lab_exercise_span title =
            lab_exercise_trim(part->title, part->title + part->title_length);
        const char *text = reading->doc->text;
        if (!lab_exercise_take(&title, "After") || reading->exercise->after)
            lab_exercise_complain(
                reading, part->line,
                "an exercise has one part with a heading, \"## "
                "After\"");
        else
            reading->exercise->after = lab_exercise_copy(
                lab_exercise_trim(title.end, text + part->to));
    }
    lab_parts_free(&parts);
}

static void add_table(struct lab_exercise *exercise) {
    for (size_t i = 0; exercise->table && i < exercise->program_count; i++) {
        struct lab_exercise_program *program = &exercise->programs[i];
        struct lab_text text = {0};
        if (program->is_python)
            continue;
        lab_text_printf(&text, "%s\n%s", program->text, exercise->table);
        lab_free(program->text);
        program->text = lab_strdup(lab_text_string(&text));
        lab_text_free(&text);
    }
}

static bool read_text(struct lab_exercise *exercise, struct lab_text *text,
                      struct lab_text *error) {
    struct lab_markdown doc;
    struct lab_exercise_reading reading = {exercise, &doc, NULL, error, false};
    lab_markdown_split(&doc, lab_text_string(text), text->length);
    read_title(&reading);
    for (size_t i = 0; i < doc.fence_count; i++) {
        reading.fence = &doc.fences[i];
        lab_exercise_read_block(&reading);
    }
    read_after(&reading);
    add_table(exercise);
    if (!exercise->claims_line)
        lab_exercise_complain(&reading, 1, "there is no block of claims");
    else
        check_claims(&reading);
    lab_markdown_free(&doc);
    return !reading.failed;
}

bool lab_exercise_read(struct lab_exercise *exercise, const char *path,
                       struct lab_text *error) {
    struct lab_text text = {0};
    *exercise = (struct lab_exercise){.path = lab_strdup(path)};
    bool fine = lab_read_or_say(path, &text, error) &&
                read_text(exercise, &text, error);
    lab_text_free(&text);
    return fine;
}

static void free_all(char **strings, size_t count) {
    for (size_t i = 0; i < count; i++)
        lab_free(strings[i]);
    lab_free(strings);
}

void lab_exercise_free(struct lab_exercise *exercise) {
    char *strings[] = {exercise->path,       exercise->title,
                       exercise->statement,  exercise->after,
                       exercise->small,      exercise->try_values,
                       exercise->try_claims, exercise->table};
    for (size_t i = 0; i < countof(strings); i++)
        lab_free(strings[i]);
    for (size_t i = 0; i < LAB_EXERCISE_HINTS; i++) {
        lab_free(exercise->hints[false][i]);
        lab_free(exercise->hints[true][i]);
    }
    for (size_t i = 0; i < exercise->program_count; i++) {
        lab_free(exercise->programs[i].text);
        lab_free(exercise->programs[i].name);
        lab_free(exercise->programs[i].under);
    }
    for (size_t i = 0; i < exercise->line_count; i++) {
        lab_free(exercise->lines[i].right);
        lab_free(exercise->lines[i].wrong);
    }
    lab_free(exercise->programs);
    lab_free(exercise->lines);
    free_all(exercise->claims, exercise->claim_count);
    free_all(exercise->cases, exercise->case_count);
    *exercise = (struct lab_exercise){0};
}

// --- asked

const struct lab_exercise_program *
lab_exercise_find(const struct lab_exercise *exercise,
                  enum lab_exercise_kind kind, bool is_python,
                  const struct lab_exercise_program *after) {
    size_t i = after ? (size_t)(after - exercise->programs) + 1 : 0;
    for (; i < exercise->program_count; i++)
        if (exercise->programs[i].kind == kind &&
            exercise->programs[i].is_python == is_python)
            return &exercise->programs[i];
    return NULL;
}

const char *lab_exercise_phase(const char *claim, const char **rest) {
    static const char *const phases[] = {"cancel", "late"};
    for (size_t i = 0; i < countof(phases); i++) {
        size_t length = strlen(phases[i]);
        if (strncmp(claim, phases[i], length) != 0 || claim[length] != ':')
            continue;
        *rest = claim + length + 1;
        *rest += strspn(*rest, " \t");
        return phases[i];
    }
    *rest = claim;
    return "";
}

bool lab_exercise_names(const struct lab_exercise_program *program,
                        const char *claim) {
    size_t length = strlen(program->name);
    const char *rest, *phase = lab_exercise_phase(claim, &rest);
    if (length == 0 || strncmp(rest, program->name, length) != 0)
        return false;
    // How a run ends is judged always, and little else is under a cancel.
    if (*phase || strncmp(rest, "ends ", 5) == 0)
        return !*phase || strcmp(phase, program->under) == 0;
    return strcmp(program->under, "cancel") != 0;
}

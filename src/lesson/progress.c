#include "lesson/progress.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = 16, ALL = -1, UNDO = -2, NEVER = -3 };

// A line, cut into words: its time, what was done, of which lesson, and so on.
struct line {
    const char *words[WORDS + 1]; // "" beyond the last
    int number;                   // of the lesson; or as above
};

// What is folded: lines in the order of their times.
struct fold {
    struct lab_progress_all *all;
    struct line *lines;
    size_t count, room, at;
    size_t *resets; // of the lines, those that count
    size_t reset_count, reset_room;
};

// --- words

static bool is_word(const char *word, const char *other) {
    return strcmp(word, other) == 0;
}

// What comes after "NAME=" among the words from [from] on; NULL if it is not
// there.
static const char *value_of(const struct line *line, int from,
                            const char *name) {
    size_t n = strlen(name);
    for (int i = from; *line->words[i]; i++)
        if (strncmp(line->words[i], name, n) == 0 && line->words[i][n] == '=')
            return line->words[i] + n + 1;
    return NULL;
}

// Reads "3/6".
static bool read_share(const char *word, unsigned long *part,
                       unsigned long *whole) {
    char *end;
    *part = strtoul(word, &end, 10);
    if (end == word || *end != '/')
        return false;
    word = end + 1;
    *whole = strtoul(word, &end, 10);
    return end > word && !*end && *part <= *whole && *whole > 0;
}

static enum lab_progress_outcome read_outcome(const char *word) {
    return is_word(word, "passed") || is_word(word, "won") ? LAB_PROGRESS_PASSED
           : is_word(word, "failed")                       ? LAB_PROGRESS_FAILED
                                                           : LAB_PROGRESS_NONE;
}

static void better(enum lab_progress_outcome *outcome, const char *word) {
    enum lab_progress_outcome other = read_outcome(word);
    if (other > *outcome)
        *outcome = other;
}

// --- what each kind of line does

static void on_lesson(struct fold *fold, struct lab_progress_lesson *of,
                      const struct line *line) {
    unsigned long part, parts;
    (void)fold;
    of->is_read |= is_word(line->words[3], "read");
    if (is_word(line->words[3], "part") &&
        read_share(line->words[4], &part, &parts) && part > of->part) {
        of->part = part;
        of->parts = parts;
    }
}

// Does the list [kinds], "rank,order", have [name]?
static bool has(const char *kinds, const char *name) {
    size_t n = strlen(name);
    while (kinds && *kinds) {
        size_t length = strcspn(kinds, ",");
        if (length == n && strncmp(kinds, name, n) == 0)
            return true;
        kinds += length + (kinds[length] == ',');
    }
    return false;
}

static void on_review(struct fold *fold, struct lab_progress_lesson *of,
                      const struct line *line) {
    const char *right = value_of(line, 4, "right"),
               *missed = value_of(line, 4, "missed");
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++) {
        const char *name = lab_quiz_kind_name((enum lab_quiz_kind)kind);
        struct lab_progress_miss *miss = &of->missed[kind];
        if (has(right, name))
            *miss = (struct lab_progress_miss){0};
        if (has(missed, name))
            *miss = (struct lab_progress_miss){fold->at * LAB_QUIZ_KIND_COUNT +
                                                   (size_t)kind + 1,
                                               line->words[3]};
    }
}

static void on_predict(struct fold *fold, struct lab_progress_lesson *of,
                       const struct line *line) {
    unsigned long right, asked;
    on_review(fold, of, line);
    if (!read_share(line->words[4], &right, &asked))
        return;
    of->right = (unsigned)right;
    of->asked = (unsigned)asked;
}

static void on_exercise(struct fold *fold, struct lab_progress_lesson *of,
                        const struct line *line) {
    bool is_python = is_word(line->words[3], "python");
    if (!is_python && !is_word(line->words[3], "c"))
        return;
    fold->all->is_python = is_python;
    better(&of->exercise[is_python ? LAB_PROGRESS_PYTHON : LAB_PROGRESS_C],
           line->words[4]);
    if (read_outcome(line->words[4]) == LAB_PROGRESS_FAILED)
        of->schedule = value_of(line, 5, "schedule");
}

static void on_try(struct fold *fold, struct lab_progress_lesson *of,
                   const struct line *line) {
    (void)fold;
    better(&of->tried, line->words[3]);
}

static void on_assemble(struct fold *fold, struct lab_progress_lesson *of,
                        const struct line *line) {
    (void)fold;
    better(&of->assembled, line->words[3]);
}

static void on_drive(struct fold *fold, struct lab_progress_lesson *of,
                     const struct line *line) {
    (void)fold;
    better(&of->drove, line->words[3]);
}

static const struct {
    const char *word;
    void (*fold)(struct fold *fold, struct lab_progress_lesson *of,
                 const struct line *line);
} kinds[] = {
    {"lesson", on_lesson}, {"predict", on_predict},
    {"review", on_review}, {"exercise", on_exercise},
    {"try", on_try},       {"assemble", on_assemble},
    {"drive", on_drive},
};

// --- lines

// Is it as a time is written, so far as the order of lines needs it?
static bool is_time(const char *word) {
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? word[i] < '0' || word[i] > '9'
                           : word[i] != form[i])
            return false;
    return word[strlen(word) - 1] == 'Z';
}

static int read_number(const struct line *line) {
    const char *word = line->words[2];
    char *end;
    if (is_word(line->words[1], "reset") && is_word(word, "all"))
        return ALL;
    if (is_word(line->words[1], "reset") && is_word(word, "undo"))
        return UNDO;
    long number = strtol(word, &end, 10);
    return *word >= '0' && *word <= '9' && !*end && strlen(word) <= 6
               ? (int)number
               : NEVER;
}

// Cuts [text] into [line]; returns false if it is not one of ours, or torn.
static bool split(struct line *line, char *text) {
    int count = 0;
    char *rest;
    for (char *word = strtok_r(text, " \t\r", &rest); word && count < WORDS;
         word = strtok_r(NULL, " \t\r", &rest))
        line->words[count++] = word;
    for (int i = count; i <= WORDS; i++)
        line->words[i] = "";
    if (count < 3 || !is_time(line->words[0]) ||
        is_word(line->words[count - 1], "torn"))
        return false;
    line->number = read_number(line);
    return line->number != NEVER;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Cuts the text at its newlines; what is after the last was torn. Times are
// written so that their order is that of their bytes.
static void sort_lines(struct fold *fold, size_t n) {
    char *text = fold->all->text, **starts = NULL;
    size_t count = 0, room = 0;
    for (char *at = text, *end;
         (end = memchr(at, '\n', n - (size_t)(at - text))); at = end + 1) {
        *end = '\0';
        starts = lab_grow(starts, count, &room, sizeof *starts);
        starts[count++] = at;
    }
    if (count)
        qsort(starts, count, sizeof *starts, by_text);
    for (size_t i = 0; i < count; i++) {
        fold->lines = lab_grow(fold->lines, fold->count, &fold->room,
                               sizeof *fold->lines);
        bool is_twice = i + 1 < count && strcmp(starts[i], starts[i + 1]) == 0;
        if (!is_twice && split(&fold->lines[fold->count], starts[i]))
            fold->count++;
    }
    lab_free(starts);
}

// --- resets

// An undo takes the last reset back that still counts.
static void find_resets(struct fold *fold) {
    for (size_t i = 0; i < fold->count; i++) {
        if (!is_word(fold->lines[i].words[1], "reset"))
            continue;
        if (fold->lines[i].number == UNDO) {
            fold->reset_count -= fold->reset_count > 0;
            continue;
        }
        fold->resets = lab_grow(fold->resets, fold->reset_count,
                                &fold->reset_room, sizeof *fold->resets);
        fold->resets[fold->reset_count++] = i;
    }
    fold->all->has_reset = fold->reset_count > 0;
}

static bool is_reset(const struct fold *fold, size_t at) {
    for (size_t i = 0; i < fold->reset_count; i++) {
        int number = fold->lines[fold->resets[i]].number;
        if (fold->resets[i] > at &&
            (number == ALL || number == fold->lines[at].number))
            return true;
    }
    return false;
}

// --- lessons

static struct lab_progress_lesson *find(const struct lab_progress_all *all,
                                        int number) {
    for (size_t i = 0; i < all->count; i++)
        if (all->lessons[i].number == number)
            return &all->lessons[i];
    return NULL;
}

static struct lab_progress_lesson *add(struct lab_progress_all *all,
                                       int number) {
    struct lab_progress_lesson *of = find(all, number);
    if (of)
        return of;
    all->lessons =
        lab_grow(all->lessons, all->count, &all->room, sizeof *all->lessons);
    of = &all->lessons[all->count++];
    *of = (struct lab_progress_lesson){.number = number};
    return of;
}

static int by_number(const void *a, const void *b) {
    const struct lab_progress_lesson *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static void fold_line(struct fold *fold) {
    const struct line *line = &fold->lines[fold->at];
    for (size_t i = 0; i < countof(kinds); i++) {
        if (!is_word(line->words[1], kinds[i].word))
            continue;
        kinds[i].fold(fold, add(fold->all, line->number), line);
        fold->all->done++;
    }
}

void lab_progress_fold(struct lab_progress_all *all, const char *text,
                       size_t n) {
    struct fold fold = {.all = all};
    *all = (struct lab_progress_all){.text = lab_alloc(n + 1)};
    if (n > 0)
        memcpy(all->text, text, n);
    sort_lines(&fold, n);
    find_resets(&fold);
    for (fold.at = 0; fold.at < fold.count; fold.at++)
        if (!is_reset(&fold, fold.at))
            fold_line(&fold);
    if (all->count)
        qsort(all->lessons, all->count, sizeof *all->lessons, by_number);
    lab_free(fold.lines);
    lab_free(fold.resets);
}

void lab_progress_free(struct lab_progress_all *all) {
    lab_free(all->lessons);
    lab_free(all->text);
    *all = (struct lab_progress_all){0};
}

const struct lab_progress_lesson *
lab_progress_of(const struct lab_progress_all *all, int number) {
    return find(all, number);
}

const struct lab_progress_lesson *
lab_progress_missed(const struct lab_progress_all *all, size_t after,
                    enum lab_quiz_kind *kind) {
    const struct lab_progress_lesson *found = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < all->count; i++)
        for (int k = 0; k < LAB_QUIZ_KIND_COUNT; k++) {
            size_t order = all->lessons[i].missed[k].order;
            if (order <= after || order >= least)
                continue;
            least = order;
            *kind = (enum lab_quiz_kind)k;
            found = &all->lessons[i];
        }
    return found;
}

#include "lesson/puzzle.h"

#include "lesson/render.h"
#include "lesson/scan.h"
#include "view/line.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// --- shuffling

static size_t draw(uint64_t *state, size_t n) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((*state >> 33) % n);
}

// Is any piece not where it was written?
static bool is_mixed(const size_t *places, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (places[i] < places[i - 1])
            return true;
    return false;
}

// Puts the pieces in another order, and says where each one went.
static void shuffle(struct lab_puzzle *puzzle, unsigned long seed) {
    struct lab_puzzle_piece written[LAB_PUZZLE_MOST];
    size_t places[LAB_PUZZLE_MOST], number[LAB_PUZZLE_MOST];
    uint64_t state = seed + 1;
    memcpy(written, puzzle->pieces, sizeof written);
    for (size_t i = 0; i < puzzle->count; i++)
        places[i] = i;
    do
        for (size_t i = puzzle->count; i > 1; i--) {
            size_t j = draw(&state, i), place = places[i - 1];
            places[i - 1] = places[j];
            places[j] = place;
        }
    while (!is_mixed(places, puzzle->count));
    for (size_t i = 0; i < puzzle->count; i++)
        number[places[i]] = i + 1;
    for (size_t i = 0; i < puzzle->count; i++) {
        puzzle->pieces[i] = written[places[i]];
        if (puzzle->pieces[i].other)
            puzzle->pieces[i].other = number[puzzle->pieces[i].other - 1];
    }
}

static void add(struct lab_puzzle *puzzle, const char *text, size_t other) {
    puzzle->pieces[puzzle->count++] = (struct lab_puzzle_piece){text, other};
}

bool lab_puzzle_init(struct lab_puzzle *puzzle,
                     const struct lab_exercise *exercise, unsigned long seed) {
    *puzzle = (struct lab_puzzle){.exercise = exercise};
    for (size_t i = 0; i < exercise->line_count; i++) {
        const struct lab_exercise_line *line = &exercise->lines[i];
        if (line->given)
            continue;
        if (puzzle->count + 2 > LAB_PUZZLE_MOST)
            return false;
        puzzle->needed++;
        add(puzzle, line->right, line->wrong ? puzzle->count + 2 : 0);
        if (line->wrong)
            add(puzzle, line->wrong, puzzle->count);
    }
    if (puzzle->needed < 2)
        return false;
    shuffle(puzzle, seed);
    return true;
}

// --- answers

__attribute__((format(printf, 2, 3))) static bool
refuse(struct lab_text *error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    lab_text_vprintf(error, format, args);
    va_end(args);
    return false;
}

// The place of [number] in an order; [count] if it has none.
static size_t place_of(const size_t *order, size_t count, size_t number) {
    size_t i = 0;
    while (i < count && order[i] != number)
        i++;
    return i;
}

// Reads a number of a line, and moves [*at] past it.
static bool read_number(const struct lab_puzzle *puzzle, const char **at,
                        size_t *number, struct lab_text *error) {
    size_t n = strcspn(*at, " \t,");
    *number = 0;
    for (size_t i = 0; i < n && *number <= puzzle->count; i++) {
        if (!lab_scan_is_digit((*at)[i])) {
            lab_text_put(error, "type the numbers of the lines in order, or "
                                "\"3 before 1\"; not ");
            lab_text_quote(error, *at, n);
            return false;
        }
        *number = *number * 10 + (size_t)((*at)[i] - '0');
    }
    *at += n;
    *at += strspn(*at, " \t,");
    if (*number >= 1 && *number <= puzzle->count)
        return true;
    lab_text_printf(error, "the lines have the numbers 1 to %zu",
                    puzzle->count);
    return false;
}

// "still missing: 2, 3 and 6 or 10"
static bool has_all(const struct lab_puzzle *puzzle, const size_t *order,
                    size_t count, struct lab_text *error) {
    size_t missing = puzzle->needed - count, told = 0;
    for (size_t i = 1; i <= puzzle->count; i++) {
        size_t other = puzzle->pieces[i - 1].other;
        if (place_of(order, count, i) < count ||
            (other && (other < i || place_of(order, count, other) < count)))
            continue;
        lab_text_printf(error, "%s%zu",
                        told == 0             ? "still missing: "
                        : told + 1 == missing ? " and "
                                              : ", ",
                        i);
        if (other)
            lab_text_printf(error, " or %zu", other);
        told++;
    }
    return missing == 0;
}

static bool take_order(struct lab_puzzle *puzzle, const char *at,
                       struct lab_text *error) {
    size_t order[LAB_PUZZLE_MOST], count = 0, number;
    while (*at) {
        if (!read_number(puzzle, &at, &number, error))
            return false;
        if (place_of(order, count, number) < count)
            return refuse(error, "line %zu is there twice", number);
        size_t other = puzzle->pieces[number - 1].other;
        if (other && place_of(order, count, other) < count)
            return refuse(
                error,
                "%zu and %zu are two ways to write one line; take one of "
                "them",
                other, number);
        order[count++] = number;
    }
    if (!has_all(puzzle, order, count, error))
        return false;
    memcpy(puzzle->order, order, sizeof order);
    puzzle->placed = count;
    return true;
}

// Moves [number] before or after [mark], or puts it in the place of [mark].
static bool move(struct lab_puzzle *puzzle, size_t number, const char *how,
                 size_t mark, struct lab_text *error) {
    size_t *order = puzzle->order;
    size_t to = place_of(order, puzzle->placed, mark);
    size_t from = place_of(order, puzzle->placed, number);
    if (puzzle->placed == 0) {
        lab_text_put(error, "first put all lines in an order: 3 1 5 2 4");
        return false;
    }
    if (to == puzzle->placed)
        return refuse(error, "line %zu is not in your program", mark);
    if (strncmp(how, "for", 3) == 0) {
        if (puzzle->pieces[number - 1].other != mark)
            return refuse(error, "%zu is not another way to write %zu", number,
                          mark);
        order[to] = number;
        return true;
    }
    if (from == puzzle->placed)
        return refuse(error, "line %zu is not in your program", number);
    if (number == mark)
        return refuse(error, "that is line %zu twice", number);
    memmove(order + from, order + from + 1,
            (puzzle->placed - from - 1) * sizeof *order);
    to = place_of(order, puzzle->placed - 1, mark) + (*how == 'a');
    memmove(order + to + 1, order + to,
            (puzzle->placed - to - 1) * sizeof *order);
    order[to] = number;
    return true;
}

// The word in the middle of "3 before 1"; NULL if there is none.
static const char *find_word(const char *typed) {
    static const char *const words[] = {" before ", " after ", " for "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *found = strstr(typed, words[i]);
        if (found)
            return found + 1;
    }
    return NULL;
}

bool lab_puzzle_take(struct lab_puzzle *puzzle, const char *typed,
                     struct lab_text *error) {
    const char *how = find_word(typed), *at = typed;
    size_t number, mark;
    if (!how)
        return take_order(puzzle, typed, error);
    const char *rest = strchr(how, ' ');
    rest += strspn(rest, " ");
    if (!read_number(puzzle, &at, &number, error) ||
        !read_number(puzzle, &rest, &mark, error))
        return false;
    if (at == how && !*rest)
        return move(puzzle, number, how, mark, error);
    lab_text_put(error, "one line is moved at a time: 3 before 1");
    return false;
}

// --- shown

enum { INDENT = 6 }; // a number stands in it

static void put_given(struct lab_text *out, const struct lab_style *style,
                      const char *text) {
    lab_render_code(out, style, LAB_COLOR_DIM, INDENT, text);
}

static void put_pieces(struct lab_text *out, const struct lab_style *style,
                       const struct lab_puzzle *puzzle) {
    for (size_t i = 0; i < puzzle->count; i++) {
        char number[32]; // room for any
        size_t begin = out->length;
        lab_render_code(out, style, LAB_COLOR_NONE, INDENT,
                        puzzle->pieces[i].text);
        snprintf(number, sizeof number, "  %2zu  ", i + 1);
        memcpy(out->data + begin, number, INDENT);
    }
}

void lab_puzzle_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_puzzle *puzzle) {
    const struct lab_exercise *exercise = puzzle->exercise;
    bool are_shown = false;
    for (size_t i = 0; i < exercise->line_count; i++) {
        if (exercise->lines[i].given)
            put_given(out, style, exercise->lines[i].right);
        else if (!are_shown)
            put_pieces(out, style, puzzle);
        are_shown |= !exercise->lines[i].given;
    }
    for (size_t i = 1; i <= puzzle->count; i++)
        if (puzzle->pieces[i - 1].other > i)
            lab_line_printf(out, style, LAB_COLOR_NONE, 0,
                            "%zu | %zu: one of the two.", i,
                            puzzle->pieces[i - 1].other);
}

void lab_puzzle_put_program(struct lab_text *out,
                            const struct lab_puzzle *puzzle) {
    const struct lab_exercise *exercise = puzzle->exercise;
    bool are_put = false;
    for (size_t i = 0; i < exercise->line_count; i++) {
        if (exercise->lines[i].given)
            lab_text_printf(out, "%s\n", exercise->lines[i].right);
        for (size_t j = 0;
             !exercise->lines[i].given && !are_put && j < puzzle->placed; j++)
            lab_text_printf(out, "%s\n",
                            puzzle->pieces[puzzle->order[j] - 1].text);
        are_put |= !exercise->lines[i].given;
    }
}

#include "shell/deck.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "lesson/folder.h"
#include "shell/deck_internal.h"
#include "shell/option.h"
#include "shell/pages.h"
#include "shell/reading.h"

#include <string.h>

// --- opening and closing

static void keep(struct lab_shell *shell, const char *bytes, size_t n) {
    enum { MOST = 1 << 20 };
    struct lab_deck *deck = shell->output;
    struct lab_text *to = !deck->is_running ? &deck->held
                          : deck->is_aside  ? &deck->aside
                                            : &deck->states[deck->at].output;
    if (to->length + n <= MOST)
        lab_text_write(to, bytes, n);
}

static bool read_lesson(struct lab_deck *deck, struct lab_text *error) {
    lab_folder_path(deck->shell->folders.lessons, deck->file, &deck->path);
    if (!lab_read_or_say(lab_text_string(&deck->path), &deck->source, error))
        return false;
    lab_markdown_split(&deck->doc, lab_text_string(&deck->source),
                       deck->source.length);
    lab_parts_split(&deck->parts, &deck->doc);
    lab_blocks_find(&deck->blocks, &deck->parts);
    if (deck->blocks.count == 0)
        lab_text_printf(error, "%s has nothing to show",
                        lab_text_string(&deck->path));
    return deck->blocks.count > 0;
}

static void open_blocks(struct lab_deck *deck, struct lab_call *call) {
    struct lab_blocks *blocks = &deck->blocks;
    deck->states = lab_alloc(blocks->count * sizeof *deck->states);
    for (size_t i = 0; i < blocks->count; i++) {
        const struct lab_block *block = &blocks->all[i];
        deck->states[i].clock = deck->clock;
        deck->states[i].is_hidden =
            block->is_held || block->kind == LAB_BLOCK_QUESTION;
        if (block->kind == LAB_BLOCK_QUESTION && block->line == 0)
            lab_deck_ask(deck, call, i);
    }
}

void lab_deck_take(struct lab_deck *deck) {
    lab_capture_begin(&deck->capture, deck->shell, &deck->style, keep, deck);
}

int lab_deck_open(struct lab_deck *deck, struct lab_call *call,
                  struct lab_demo_file *file) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    *deck = (struct lab_deck){.shell = shell,
                              .file = file,
                              .style = call->options.style,
                              .clock = call->given & LAB_OPTION_CLOCK
                                           ? call->options.clock
                                           : LAB_CLOCK_VIRTUAL,
                              .began = lab_clock_machine(),
                              .before = shell->options};
    if (!read_lesson(deck, &error))
        return lab_shell_fail_text(shell, &error);
    lab_deck_take(deck);
    shell->options.clock = deck->clock;
    deck->is_aside = deck->is_running = true; // what the questions complain of
    open_blocks(deck, call);
    deck->is_aside = deck->is_running = false;
    lab_text_clear(&deck->aside);
    lab_deck_resize(deck, 80, 24); // nothing has run
    return LAB_EXIT_OK;
}

void lab_deck_close(struct lab_deck *deck) {
    struct lab_shell *shell = deck->shell;
    if (deck->states) {
        lab_capture_end(shell);
        shell->options.style = deck->before.style;
        if (lab_clock_is(shell->options.clock, deck->clock))
            shell->options.clock = deck->before.clock;
        lab_shell_put(shell, &deck->held);
    }
    for (size_t i = 0; deck->states && i < deck->blocks.count; i++) {
        lab_deck_question_term(&deck->states[i].question);
        lab_text_free(&deck->states[i].output);
    }
    lab_free(deck->states);
    lab_blocks_free(&deck->blocks);
    lab_parts_free(&deck->parts);
    lab_markdown_free(&deck->doc);
    struct lab_text *const texts[] = {
        &deck->typed, &deck->path,  &deck->source,  &deck->page,
        &deck->line,  &deck->aside, &deck->message, &deck->held};
    for (size_t i = 0; i < countof(texts); i++)
        lab_text_free(texts[i]);
}

// --- pages

enum { AROUND = 4, LEAST = 1 }; // heading, keys, and a line below and above

size_t lab_deck_room(const struct lab_deck *deck) {
    return deck->rows > AROUND + LEAST ? (size_t)deck->rows - AROUND : LEAST;
}

void lab_deck_make(struct lab_deck *deck) {
    lab_text_clear(&deck->page);
    lab_deck_page(&deck->page, deck);
    if (deck->shown > deck->page.length)
        deck->shown = 0;
}

size_t lab_deck_page_after(const struct lab_deck *deck, size_t from) {
    const char *text = lab_text_string(&deck->page) + from;
    size_t n = lab_pages_take(text, lab_deck_room(deck), deck->columns);
    n += strspn(text + n, "\n");
    return from + n;
}

void lab_deck_whole(struct lab_deck *deck) {
    deck->shown = deck->page.length;
}

// How many lines of the page begin before [at].
static size_t lines_before(const struct lab_deck *deck, size_t at) {
    const char *text = lab_text_string(&deck->page);
    size_t lines = 0;
    for (size_t i = 0; i < at; i++)
        lines += text[i] == '\n';
    return lines;
}

// Notes the line in the middle of what is shown, and of how many it is one.
static void note_middle(struct lab_deck *deck) {
    size_t end = lab_deck_page_after(deck, deck->shown);
    size_t first = lines_before(deck, deck->shown);
    deck->middle = first + (lines_before(deck, end) - first) / 2;
    deck->lines = lines_before(deck, deck->page.length);
}

// Makes the page anew, and shows the page on which that line is now, or about.
static void make_again(struct lab_deck *deck) {
    size_t after, at = 0;
    lab_deck_make(deck);
    size_t lines = lines_before(deck, deck->page.length);
    size_t line = deck->lines ? deck->middle * lines / deck->lines : 0;
    while ((after = lab_deck_page_after(deck, at)) < deck->page.length &&
           lines_before(deck, after) <= line)
        at = after;
    deck->shown = at;
}

// --- moves

static enum lab_deck_next say(struct lab_deck *deck, const char *message) {
    lab_text_clear(&deck->message);
    lab_text_put(&deck->message, message);
    return LAB_DECK_SHOW;
}

static enum lab_deck_next show_from(struct lab_deck *deck, size_t shown) {
    deck->lines = 0;
    lab_deck_make(deck);
    deck->shown = shown < deck->page.length ? shown : 0;
    return LAB_DECK_SHOW;
}

// Was what is shown made for a screen of another width, and would the same be
// made for this one? It runs under the virtual clock.
static bool is_stale(const struct lab_deck *deck) {
    const struct lab_deck_block *state = &deck->states[deck->at];
    return !deck->is_aside && state->has_run && !state->is_hidden &&
           state->clock.is_virtual && state->columns != deck->columns;
}

// The command that is to run: of the block, or in between.
static void put_line(struct lab_text *line, const struct lab_deck *deck) {
    const struct lab_block *block = lab_deck_block_of(deck);
    if (deck->is_aside)
        lab_text_put(line, lab_text_string(&deck->line));
    else
        lab_text_write(line, deck->doc.text + block->command.from,
                       block->command.to - block->command.from);
}

// What it printed before is not shown while it runs.
static enum lab_deck_next run_it(struct lab_deck *deck) {
    struct lab_text line = {0};
    put_line(&line, deck);
    bool wants_screen = lab_command_wants_screen(lab_text_string(&line));
    lab_text_free(&line);
    lab_text_clear(deck->is_aside ? &deck->aside
                                  : &lab_deck_state_of(deck)->output);
    return wants_screen ? LAB_DECK_LEND : LAB_DECK_RUN;
}

enum lab_deck_next lab_deck_resize(struct lab_deck *deck, int columns,
                                   int rows) {
    enum { NARROW = 20 };
    if (deck->lines == 0) // else the teacher has not moved since the last size
        note_middle(deck);
    deck->columns = columns;
    deck->rows = rows;
    deck->style.width = columns < NARROW ? NARROW : columns;
    deck->shell->options.style = deck->style;
    make_again(deck);
    return !deck->is_running && is_stale(deck) ? run_it(deck) : LAB_DECK_SHOW;
}

static enum lab_deck_next enter(struct lab_deck *deck, size_t at) {
    deck->at = at;
    deck->is_aside = false;
    show_from(deck, 0);
    const struct lab_deck_block *state = lab_deck_state_of(deck);
    return lab_deck_block_of(deck)->kind == LAB_BLOCK_RUN &&
                   !state->is_hidden && (!state->has_run || is_stale(deck))
               ? run_it(deck)
               : LAB_DECK_SHOW;
}

// Back to where the lesson was before the command in between.
static enum lab_deck_next leave_aside(struct lab_deck *deck) {
    deck->is_aside = false;
    return show_from(deck, deck->left);
}

static enum lab_deck_next hold(struct lab_deck *deck) {
    struct lab_deck_block *state = lab_deck_state_of(deck);
    if (lab_deck_block_of(deck)->kind == LAB_BLOCK_PROSE)
        return say(deck, "Nothing is held here.");
    state->is_hidden = !state->is_hidden;
    for (size_t i = deck->at; lab_deck_block_of(deck)->is_held &&
                              !state->is_hidden && i-- > 0 &&
                              deck->blocks.all[i].kind != LAB_BLOCK_RUN;)
        deck->states[i].is_hidden = false;
    return enter(deck, deck->at);
}

static enum lab_deck_next next(struct lab_deck *deck) {
    size_t after = lab_deck_page_after(deck, deck->shown);
    if (after < deck->page.length) {
        deck->lines = 0;
        deck->shown = after;
        return LAB_DECK_SHOW;
    }
    if (deck->is_aside)
        return leave_aside(deck);
    if (lab_deck_block_of(deck)->kind == LAB_BLOCK_RUN &&
        lab_deck_state_of(deck)->is_hidden)
        return hold(deck); // a clicker has no other key for it
    if (deck->at + 1 < deck->blocks.count)
        return enter(deck, deck->at + 1);
    return say(deck, "This is the end of the lesson: q leaves.");
}

static void show_page_before(struct lab_deck *deck, size_t shown) {
    size_t before = 0;
    for (size_t at = 0; at < shown; at = lab_deck_page_after(deck, at))
        before = at;
    deck->lines = 0;
    deck->shown = before;
}

static enum lab_deck_next back(struct lab_deck *deck) {
    if (deck->is_aside)
        return leave_aside(deck);
    if (deck->at > 0)
        return enter(deck, deck->at - 1);
    return say(deck, "This is the first block.");
}

// Undoes next: a clicker has these two keys only.
static enum lab_deck_next page_back(struct lab_deck *deck) {
    if (deck->shown > 0) {
        show_page_before(deck, deck->shown);
        return LAB_DECK_SHOW;
    }
    bool had_block = !deck->is_aside && deck->at > 0;
    enum lab_deck_next next = back(deck);
    if (had_block && next == LAB_DECK_SHOW)
        show_page_before(deck, deck->page.length);
    return next;
}

static enum lab_deck_next again(struct lab_deck *deck) {
    if (lab_deck_block_of(deck)->kind != LAB_BLOCK_RUN)
        return say(deck, "There is no command in this block.");
    if (lab_deck_state_of(deck)->is_hidden)
        hold(deck);
    deck->is_aside = false;
    show_from(deck, 0);
    return run_it(deck);
}

static enum lab_deck_next jump(struct lab_deck *deck, const char *typed) {
    size_t number = 0;
    for (; *typed >= '0' && *typed <= '9' && number <= deck->blocks.count;
         typed++)
        number = number * 10 + (size_t)(*typed - '0');
    if (!*typed && number > 0 && number <= deck->blocks.count)
        return enter(deck, number - 1);
    lab_text_clear(&deck->message);
    lab_text_printf(&deck->message, "Blocks are 1 to %zu.", deck->blocks.count);
    return LAB_DECK_SHOW;
}

static enum lab_deck_next pace(struct lab_deck *deck, const char *typed) {
    struct lab_text error = {0};
    struct lab_clock clock;
    if (lab_deck_block_of(deck)->kind != LAB_BLOCK_RUN)
        say(deck, "There is no command in this block.");
    else if (!lab_clock_parse(typed[1] ? typed : "virtual", &clock, &error))
        say(deck, lab_text_string(&error));
    else {
        lab_deck_state_of(deck)->clock = clock;
        say(deck, "r runs it at that pace.");
    }
    lab_text_free(&error);
    return LAB_DECK_SHOW;
}

static enum lab_deck_next call_aside(struct lab_deck *deck, const char *line) {
    line += strspn(line, " ");
    if (!*line)
        return LAB_DECK_SHOW;
    lab_text_clear(&deck->line);
    lab_text_put(&deck->line, line);
    if (!deck->is_aside)
        deck->left = deck->shown;
    deck->is_aside = true;
    show_from(deck, 0);
    return run_it(deck);
}

enum lab_deck_next lab_deck_obey(struct lab_deck *deck, const char *typed) {
    lab_text_clear(&deck->message);
    if (*typed == ':')
        return call_aside(deck, typed + 1);
    if (*typed == 'x')
        return pace(deck, typed);
    if (*typed >= '0' && *typed <= '9')
        return jump(deck, typed);
    if ((*typed != 'b' && lab_deck_is_hand(deck, *typed)) ||
        (typed[0] && typed[1])) {
        lab_ignore(lab_deck_count(deck, typed, &deck->message)); // it says so
        return show_from(deck, deck->shown);
    }
    switch (*typed) {
    case '\0':
    case ' ':
        return next(deck);
    case '<':
        return page_back(deck);
    case 'b':
        return back(deck);
    case 'h':
        return hold(deck);
    case 'r':
        return again(deck);
    case 'q':
        return LAB_DECK_LEAVE;
    }
    say(deck, "space next, b back, r run, h hold or let go, a 12 b 3 hands, "
              ": prompt, q out");
    return LAB_DECK_SHOW;
}

void lab_deck_run(struct lab_deck *deck) {
    struct lab_deck_block *state = lab_deck_state_of(deck);
    struct lab_text line = {0}, unanswered = {0};
    put_line(&line, deck);
    if (deck->is_aside) {
        lab_deck_put_unanswered(&unanswered, deck);
        deck->capture.unanswered = lab_text_string(&unanswered);
    } else {
        state->has_run = true;
        state->columns = deck->columns;
    }
    deck->is_running = true;
    lab_reading_call(deck->shell, lab_text_string(&line),
                     deck->is_aside ? deck->shell->options.clock
                                    : state->clock);
    deck->is_running = false;
    deck->capture.unanswered = NULL;
    deck->shell->options.style = deck->style;
    lab_text_free(&line);
    lab_text_free(&unanswered);
    if (deck->is_aside && deck->aside.length == 0)
        leave_aside(deck); // it had the screen; there is nothing to read
    else
        make_again(deck);
}

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
        deck->states[i].clock = call->options.clock;
        if (!(call->given & LAB_OPTION_CLOCK))
            deck->states[i].clock = LAB_CLOCK_VIRTUAL;
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
                              .before = shell->options};
    if (!read_lesson(deck, &error))
        return lab_shell_fail_text(shell, &error);
    lab_deck_take(deck);
    deck->is_aside = deck->is_running = true; // what the questions complain of
    open_blocks(deck, call);
    deck->is_aside = deck->is_running = false;
    lab_text_clear(&deck->aside);
    lab_deck_resize(deck, 80, 24);
    return LAB_EXIT_OK;
}

static void block_term(struct lab_deck_block *block) {
    for (size_t i = 0; i < block->question.count; i++)
        lab_text_free(&block->question.options[i]);
    lab_text_free(&block->question.text);
    lab_text_free(&block->question.right);
    lab_text_free(&block->output);
}

void lab_deck_close(struct lab_deck *deck) {
    struct lab_shell *shell = deck->shell;
    if (deck->states) {
        lab_capture_end(shell);
        shell->options.style = deck->before.style;
        lab_shell_put(shell, &deck->held);
    }
    for (size_t i = 0; deck->states && i < deck->blocks.count; i++)
        block_term(&deck->states[i]);
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

void lab_deck_resize(struct lab_deck *deck, int columns, int rows) {
    enum { NARROW = 20 };
    deck->columns = columns;
    deck->rows = rows;
    deck->style.width = columns < NARROW ? NARROW : columns;
    deck->shell->options.style = deck->style;
    deck->shown = 0;
    lab_deck_make(deck);
}

// --- moves

static void say(struct lab_deck *deck, const char *message) {
    lab_text_clear(&deck->message);
    lab_text_put(&deck->message, message);
}

static enum lab_deck_next show_from(struct lab_deck *deck, size_t shown) {
    lab_deck_make(deck);
    deck->shown = shown < deck->page.length ? shown : 0;
    return LAB_DECK_SHOW;
}

static enum lab_deck_next enter(struct lab_deck *deck, size_t at) {
    deck->at = at;
    deck->is_aside = false;
    show_from(deck, 0);
    const struct lab_deck_block *state = lab_deck_state_of(deck);
    return lab_deck_block_of(deck)->kind == LAB_BLOCK_RUN &&
                   !state->is_hidden && !state->has_run
               ? LAB_DECK_RUN
               : LAB_DECK_SHOW;
}

static enum lab_deck_next next(struct lab_deck *deck) {
    size_t after = lab_deck_page_after(deck, deck->shown);
    if (after < deck->page.length) {
        deck->shown = after;
        return LAB_DECK_SHOW;
    }
    if (deck->is_aside)
        return enter(deck, deck->at);
    if (deck->at + 1 < deck->blocks.count)
        return enter(deck, deck->at + 1);
    say(deck, "This is the end of the lesson: q leaves.");
    return LAB_DECK_SHOW;
}

static enum lab_deck_next page_back(struct lab_deck *deck) {
    size_t before = 0;
    for (size_t at = 0; at < deck->shown; at = lab_deck_page_after(deck, at))
        before = at;
    deck->shown = before;
    return LAB_DECK_SHOW;
}

static enum lab_deck_next back(struct lab_deck *deck) {
    if (deck->is_aside)
        return enter(deck, deck->at);
    if (deck->at > 0)
        return enter(deck, deck->at - 1);
    say(deck, "This is the first block.");
    return LAB_DECK_SHOW;
}

static enum lab_deck_next hold(struct lab_deck *deck) {
    struct lab_deck_block *state = lab_deck_state_of(deck);
    if (lab_deck_block_of(deck)->kind == LAB_BLOCK_PROSE) {
        say(deck, "Nothing is held here.");
        return LAB_DECK_SHOW;
    }
    state->is_hidden = !state->is_hidden;
    for (size_t i = deck->at; lab_deck_block_of(deck)->is_held &&
                              !state->is_hidden && i-- > 0 &&
                              deck->blocks.all[i].kind != LAB_BLOCK_RUN;)
        deck->states[i].is_hidden = false;
    return enter(deck, deck->at);
}

static enum lab_deck_next again(struct lab_deck *deck) {
    if (lab_deck_block_of(deck)->kind != LAB_BLOCK_RUN) {
        say(deck, "There is no command in this block.");
        return LAB_DECK_SHOW;
    }
    if (lab_deck_state_of(deck)->is_hidden)
        hold(deck);
    deck->is_aside = false;
    return LAB_DECK_RUN;
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
    deck->is_aside = true;
    return LAB_DECK_RUN;
}

enum lab_deck_next lab_deck_obey(struct lab_deck *deck, const char *typed) {
    lab_text_clear(&deck->message);
    if (*typed == ':')
        return call_aside(deck, typed + 1);
    if (*typed == 'x')
        return pace(deck, typed);
    if (*typed >= '0' && *typed <= '9')
        return jump(deck, typed);
    if (typed[0] && typed[1]) {
        const char *problem = lab_deck_count(deck, typed);
        show_from(deck, deck->shown);
        say(deck, problem ? problem : "");
        return LAB_DECK_SHOW;
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
    const struct lab_block *block = lab_deck_block_of(deck);
    struct lab_text line = {0};
    lab_text_clear(deck->is_aside ? &deck->aside : &state->output);
    if (deck->is_aside)
        lab_text_put(&line, lab_text_string(&deck->line));
    else
        lab_text_write(&line, deck->doc.text + block->command.from,
                       block->command.to - block->command.from);
    state->has_run |= !deck->is_aside;
    deck->is_running = true;
    lab_reading_call(deck->shell, lab_text_string(&line),
                     deck->is_aside ? deck->shell->options.clock
                                    : state->clock);
    deck->is_running = false;
    deck->shell->options.style = deck->style;
    lab_text_free(&line);
    show_from(deck, 0);
}

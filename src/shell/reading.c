#include "shell/reading.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "lesson/folder.h"
#include "lesson/info.h"
#include "lesson/parts.h"
#include "lesson/render.h"
#include "shell/answers.h"
#include "shell/capture.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/pages.h"
#include "shell/questions.h"
#include "shell/reading_internal.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <string.h>
#include <unistd.h>

struct lab_reading {
    struct lab_demo_file *file;
    struct lab_text text;
    struct lab_markdown doc;
    struct lab_parts parts;
    size_t part, item;    // the item that comes next
    struct lab_text page; // what to show now
    size_t shown;         // and how much of it has been
    bool running;         // a command of the lesson
    bool has_style;       // `lesson` was told how to look
    struct lab_style style;
};

int lab_reading_example(const struct lab_shell *shell) {
    return shell->reading ? shell->reading->file->number : 3;
}

static const struct lab_style *style_of(const struct lab_shell *shell) {
    const struct lab_reading *reading = shell->reading;
    return reading->has_style ? &reading->style : &shell->options.style;
}

// --- what comes next

static bool item_at(const struct lab_reading *reading, struct lab_item *item) {
    return lab_parts_item(&reading->parts, reading->part, reading->item, item);
}

// Says what Enter does once the page is shown, or while some of it is left.
static void put_enter(struct lab_text *out, struct lab_shell *shell,
                      bool is_left) {
    const struct lab_reading *reading = shell->reading;
    const struct lab_parts *parts = &reading->parts;
    const struct lab_demo_file *file;
    struct lab_item item;
    if (is_left) {
        lab_text_put(out, "Enter shows more.");
    } else if (item_at(reading, &item) && item.asks) {
        lab_text_put(out, "Enter asks what you expect.");
    } else if (item_at(reading, &item)) {
        lab_text_put(out, "Enter runs: ");
        lab_text_write(out, reading->doc.text + item.from, item.to - item.from);
    } else if (reading->part + 1 < parts->count) {
        const struct lab_part *next = &parts->parts[reading->part + 1];
        lab_text_printf(out, "Enter continues: %.*s", (int)next->title_length,
                        next->title);
    } else if ((file = lab_reading_following(shell, reading->file))) {
        lab_text_printf(out, "This is the end. Enter begins lesson %d.",
                        file->number);
    } else {
        lab_text_put(out, "This is the end of the last lesson.");
    }
}

// Is this the end of the lesson, once the page is shown?
static bool is_end(const struct lab_reading *reading) {
    struct lab_item item;
    return !item_at(reading, &item) &&
           reading->part + 1 == reading->parts.count;
}

static void put_footer(struct lab_text *out, struct lab_shell *shell,
                       bool is_left) {
    static const char keys[] = " (b back, q leaves)";
    const struct lab_reading *reading = shell->reading;
    const struct lab_style *style = style_of(shell);
    struct lab_text line = {0};
    lab_text_printf(&line, "%zu of %zu. ", reading->part + 1,
                    reading->parts.count);
    put_enter(&line, shell, is_left);
    if (lab_text_columns(lab_text_string(&line)) + (int)strlen(keys) <=
        style->width)
        lab_text_put(&line, keys);
    lab_text_put(out, "\n");
    lab_line_end(out, style, LAB_COLOR_DIM, 0, &line);
    if (is_left || !is_end(reading))
        return;
    lab_reading_put_more(&line, shell, reading->file);
    lab_line_end(out, style, LAB_COLOR_DIM, 0, &line);
}

// --- pages

// How many rows of a page the screen of *[columns] has room for: below them are
// what Enter does, and the prompt.
static size_t room(struct lab_shell *shell, int *columns) {
    enum { LEAST = 3 };
    struct lab_text more = {0}, last = {0};
    int rows;
    put_footer(&more, shell, true);
    put_footer(&last, shell, false);
    lab_terminal_size(columns, &rows);
    size_t below = lab_pages_rows(lab_text_string(&more), *columns) + 1,
           other = lab_pages_rows(lab_text_string(&last), *columns) + 1;
    if (other > below)
        below = other;
    lab_text_free(&more);
    lab_text_free(&last);
    return (size_t)rows > below + LEAST ? (size_t)rows - below : LEAST;
}

// Shows the next page.
static void show(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_reading *reading = shell->reading;
    const char *rest = lab_text_string(&reading->page) + reading->shown;
    struct lab_text out = {0};
    int columns;
    while (*rest == '\n' && reading->shown > 0) {
        rest++;
        reading->shown++;
    }
    size_t rows = room(shell, &columns);
    size_t n = lab_pages_take(rest, rows, columns);
    lab_text_write(&out, rest, n);
    reading->shown += n;
    put_footer(&out, shell, reading->shown < reading->page.length);
    lab_shell_put(shell, &out);
    lab_text_free(&out);
}

static void begin_page(struct lab_reading *reading) {
    lab_text_clear(&reading->page);
    reading->shown = 0;
}

// Adds the prose up to the next command to the page.
static void add_prose(struct lab_reading *reading,
                      const struct lab_style *style) {
    struct lab_item item;
    for (; item_at(reading, &item) && !item.is_command && !item.asks;
         reading->item++) {
        if (reading->page.length)
            lab_text_put(&reading->page, "\n");
        lab_render_put(&reading->page, style, &reading->doc, item.from,
                       item.to);
    }
}

// --- parts

// A new part begins on a screen of its own, so that no answer stands beside
// its question. What was there is scrolled up, not lost.
static void clear_screen(struct lab_shell *shell) {
    struct lab_text out = {0};
    int columns, rows;
    if (!lab_terminal_taken())
        return;
    lab_terminal_size(&columns, &rows);
    lab_text_repeat(&out, "\n", rows - 1);
    lab_text_put(&out, "\033[H");
    lab_shell_put(shell, &out);
    lab_text_free(&out);
}

// From here on `back` means the lesson, not the run that was stepped through.
static int begin_part(struct lab_call *call, size_t part) {
    struct lab_reading *reading = call->shell->reading;
    reading->part = part;
    reading->item = 0;
    begin_page(reading);
    lab_look_end_stepper(call->shell);
    lab_reading_note_place(reading->file, part + 1);
    lab_reading_note_progress(call->shell, reading->file, part + 1,
                              reading->parts.count);
    add_prose(reading, style_of(call->shell));
    clear_screen(call->shell);
    show(call);
    return LAB_EXIT_OK;
}

// Opens the lesson of [file] in the place of the one that is read.
static bool open_lesson(struct lab_call *call, struct lab_demo_file *file) {
    struct lab_shell *shell = call->shell;
    struct lab_text path = {0}, error = {0};
    struct lab_reading *reading = lab_alloc(sizeof *reading);
    lab_folder_path(shell->folders.lessons, file, &path);
    bool fine = lab_read_or_say(lab_text_string(&path), &reading->text, &error);
    lab_text_free(&path);
    if (!fine) {
        lab_free(reading);
        lab_shell_fail_text(shell, &error);
        return false;
    }
    reading->file = file;
    reading->has_style = call->given & LAB_OPTIONS_STYLE;
    reading->style = call->options.style;
    lab_markdown_split(&reading->doc, lab_text_string(&reading->text),
                       reading->text.length);
    lab_parts_split(&reading->parts, &reading->doc);
    lab_reading_end(shell);
    shell->reading = reading;
    return true;
}

void lab_reading_end(struct lab_shell *shell) {
    struct lab_reading *reading = shell->reading;
    if (!reading)
        return;
    lab_parts_free(&reading->parts);
    lab_markdown_free(&reading->doc);
    lab_text_free(&reading->text);
    lab_text_free(&reading->page);
    lab_free(reading);
    shell->reading = NULL;
}

bool lab_reading_leave(struct lab_shell *shell) {
    const struct lab_reading *reading = shell->reading;
    struct lab_text line = {0};
    if (!reading || reading->running)
        return false;
    lab_text_printf(&line,
                    "lesson %d continues where you are; q again leaves "
                    "looplab.",
                    reading->file->number);
    struct lab_text out = {0};
    lab_line_end(&out, style_of(shell), LAB_COLOR_DIM, 0, &line);
    lab_shell_put(shell, &out);
    lab_text_free(&out);
    lab_reading_end(shell);
    return true;
}

static bool is_running(struct lab_call *call) {
    const struct lab_reading *reading = call->shell->reading;
    if (!reading || !reading->running)
        return false;
    lab_shell_refuse(call->shell, "a command of the lesson is running; let it "
                                  "end first");
    return true;
}

int lab_reading_begin(struct lab_call *call, struct lab_demo_file *file,
                      size_t part) {
    if (is_running(call))
        return LAB_EXIT_USAGE;
    if (part == 0)
        part = lab_reading_noted_place(file);
    if (!open_lesson(call, file))
        return LAB_EXIT_FAILED;
    size_t most = call->shell->reading->parts.count;
    part = part == 0 ? 1 : part;
    return begin_part(call, (part < most ? part : most) - 1);
}

int lab_reading_continue(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (shell->reading)
        return is_running(call) ? LAB_EXIT_USAGE
                                : begin_part(call, shell->reading->part);
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    struct lab_demo_file *file = lab_reading_noted_last(shell);
    if (!file)
        file = lab_reading_following(shell, NULL);
    if (file)
        return lab_reading_begin(call, file, 0);
    lab_shell_refuse(shell, "there are no lessons in %s",
                     shell->folders.lessons);
    return LAB_EXIT_FAILED;
}

// --- commands of the lesson

static void keep(struct lab_shell *shell, const char *bytes, size_t n) {
    struct lab_text *page = shell->output;
    lab_text_write(page, bytes, n);
}

// The stepper has the screen to itself; all else is shown page by page.
static void run_command(struct lab_call *call, const struct lab_item *item) {
    struct lab_shell *shell = call->shell;
    struct lab_reading *reading = shell->reading;
    struct lab_text line = {0};
    struct lab_capture capture;
    lab_text_write(&line, reading->doc.text + item->from,
                   item->to - item->from);
    bool has_screen = lab_command_wants_screen(lab_text_string(&line));
    begin_page(reading);
    lab_line_printf(&reading->page, style_of(shell), LAB_COLOR_HEAD, 0,
                    LAB_INFO_PROMPT " %s", line.data);
    reading->running = true;
    if (!has_screen)
        lab_capture_begin(&capture, shell, style_of(shell), keep,
                          &reading->page);
    const struct lab_style before = shell->options.style;
    if (reading->has_style)
        shell->options.style = reading->style;
    lab_reading_call(shell, line.data, LAB_CLOCK_VIRTUAL);
    if (reading->has_style)
        shell->options.style = before;
    if (!has_screen)
        lab_capture_end(shell);
    reading->running = false;
    lab_text_free(&line);
}

// Asks, and leaves what comes next on a page of its own.
static void ask(struct lab_call *call, const struct lab_item *item) {
    struct lab_shell *shell = call->shell;
    struct lab_reading *reading = shell->reading;
    struct lab_questions questions;
    struct lab_call own = *call;
    own.options.style = *style_of(shell);
    begin_page(reading);
    reading->running = true;
    if (lab_questions_open(&questions, &own, reading->file, &reading->doc,
                           item->asks) == LAB_EXIT_OK) {
        struct lab_answers answers = {.call = &questions.call,
                                      .subject = &questions.subject,
                                      .enter_skips = true};
        lab_answers_say(&answers, LAB_COLOR_NONE,
                        "Type what you expect: Enter skips a question, ? "
                        "helps, q leaves them.");
        lab_ignore(lab_answers_ask(&answers));
        lab_answers_note(&answers, "predict");
        lab_answers_put_tally(&answers);
    }
    lab_questions_close(&questions);
    reading->running = false;
}

int lab_reading_next(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_reading *reading = shell->reading;
    struct lab_item item;
    if (!reading)
        return lab_shell_refuse(shell, "no lesson is being read; lesson 1 "
                                       "begins one, and step goes through a "
                                       "run");
    if (is_running(call))
        return LAB_EXIT_USAGE;
    if (reading->shown < reading->page.length) {
        show(call);
    } else if (item_at(reading, &item)) {
        if (item.asks)
            ask(call, &item);
        else
            run_command(call, &item);
        reading->item++;
        add_prose(reading, style_of(shell));
        show(call);
    } else if (reading->part + 1 < reading->parts.count) {
        return begin_part(call, reading->part + 1);
    } else {
        struct lab_demo_file *file =
            lab_reading_following(shell, reading->file);
        lab_reading_note_place(reading->file, 1);
        if (file)
            return lab_reading_begin(call, file, 1);
        lab_reading_end(shell);
        lab_call_say(call, "That was the last lesson. lesson 1 begins again.");
    }
    return LAB_EXIT_OK;
}

int lab_reading_back(struct lab_call *call) {
    struct lab_reading *reading = call->shell->reading;
    if (is_running(call))
        return LAB_EXIT_USAGE;
    if (reading->part > 0)
        return begin_part(call, reading->part - 1);
    lab_call_say(call, "This is the beginning of the lesson.");
    return LAB_EXIT_OK;
}

// notes: the notes on what is taught in another terminal.

#include "base/die.h"
#include "base/read.h"
#include "core/loop.h"
#include "core/watched.h"
#include "lesson/blocks.h"
#include "lesson/scan.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/command.h"
#include "shell/full.h"
#include "shell/lectern.h"
#include "shell/option.h"
#include "shell/stdout.h"
#include "view/line.h"

#include <string.h>
#include <time.h>

struct following {
    struct lab_call *call;
    struct lab_watched *file;
    struct lab_lectern_view view;
    bool on_screen, leaves;
    bool has_followed; // somebody who taught
    struct lab_canvas canvas;
};

// --- the page

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// "run 3", "question: elapsed together", or the first words of the prose.
static void put_title(struct lab_text *out, const struct lab_blocks *blocks,
                      size_t index) {
    const struct lab_block *block = &blocks->all[index];
    const char *text = blocks->doc->text, *end = text + blocks->doc->length;
    struct lab_stretch at = block->command;
    size_t number;
    if (block->kind == LAB_BLOCK_QUESTION) {
        lab_text_put(out, "question: ");
        lab_blocks_line(blocks->doc, block->fence, block->line, &at, &number);
    } else if (block->kind == LAB_BLOCK_PROSE) {
        const char *line = text + block->before.from, *next;
        while (line < end &&
               lab_scan_is_blank(line, lab_scan_line(line, end, &next)))
            line = next;
        at.to = (size_t)(lab_scan_line(line, end, &next) - text);
        line += strspn(line, "# ");
        at.from = (size_t)(line - text);
    }
    lab_text_write(out, text + at.from, at.to - at.from);
}

// A line for each of its paragraphs.
static void put_note(struct lab_text *out, const struct lab_style *style,
                     const struct lab_blocks *blocks, size_t index) {
    struct lab_text note = {0};
    lab_blocks_note(blocks, index, &note);
    lab_text_put(out, "\n");
    for (const char *at = lab_text_string(&note); *at;) {
        struct lab_text line = {0};
        size_t n = strcspn(at, "\n");
        lab_text_write(&line, at, n);
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0, lab_text_string(&line));
        lab_text_free(&line);
        at += n + (at[n] == '\n');
    }
    if (note.length == 0)
        lab_line_wrap(out, style, LAB_COLOR_DIM, 0, "(no note)");
    lab_text_put(out, "\n");
    lab_text_free(&note);
}

// Since the class began.
static long long minute_of(const struct following *f) {
    return ((long long)time(NULL) - f->view.began) / 60;
}

static void put_head(struct lab_text *out, const struct lab_style *style,
                     const struct following *f,
                     const struct lab_blocks *blocks) {
    const char *name = name_of(lab_text_string(&f->view.lesson));
    struct lab_text line = {0};
    lab_text_write(&line, name, strcspn(name, "."));
    lab_text_printf(&line, ": block %zu of %zu", f->view.block, blocks->count);
    if (blocks->has_plan && blocks->count > 0) // or it was changed meanwhile
        lab_text_printf(&line, ", minute %lld of %zu (plan: %zu)", minute_of(f),
                        blocks->minutes,
                        blocks->minutes * (f->view.block - 1) / blocks->count);
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &line);
}

static void put_blocks(struct lab_text *out, const struct lab_style *style,
                       const struct following *f,
                       const struct lab_blocks *blocks) {
    size_t at = f->view.block - 1;
    struct lab_text now = {0}, next = {0};
    put_head(out, style, f, blocks);
    if (at >= blocks->count)
        return; // the lesson was changed meanwhile
    lab_text_put(&now, "Now: ");
    put_title(&now, blocks, at);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &now);
    put_note(out, style, blocks, at);
    lab_text_put(&next, "Next: ");
    if (at + 1 < blocks->count)
        put_title(&next, blocks, at + 1);
    else
        lab_text_put(&next, "the end");
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &next);
}

static void put_page(struct lab_text *out, const struct following *f) {
    struct lab_style style = f->call->options.style;
    struct lab_text text = {0}, error = {0};
    struct lab_markdown doc;
    struct lab_parts parts;
    struct lab_blocks blocks;
    if (f->on_screen && f->canvas.columns >= 20)
        style.width = f->canvas.columns;
    if (!lab_read_or_say(lab_text_string(&f->view.lesson), &text, &error))
        lab_line_wrap(out, &style, LAB_COLOR_BAD, 0, lab_text_string(&error));
    lab_markdown_split(&doc, lab_text_string(&text), text.length);
    lab_parts_split(&parts, &doc);
    lab_blocks_find(&blocks, &parts);
    if (error.length == 0)
        put_blocks(out, &style, f, &blocks);
    lab_blocks_free(&blocks);
    lab_parts_free(&parts);
    lab_markdown_free(&doc);
    lab_text_free(&text);
    lab_text_free(&error);
}

static void put_waiting(struct lab_text *out, const struct following *f) {
    struct lab_style style = f->call->options.style;
    style.width = f->canvas.columns < 20 ? 20 : f->canvas.columns;
    lab_line_wrap(out, &style, LAB_COLOR_HEAD, 0,
                  f->has_followed ? "The lesson is over."
                                  : "Nobody teaches here yet.");
    lab_text_put(out, "\n");
    lab_line_wrap(out, &style, LAB_COLOR_NONE, 0,
                  "teach 3 in another terminal begins a lesson, and its notes "
                  "appear here.");
}

// Cuts what has no room, and says in the last row how to leave.
static void put_foot(struct lab_text *page, const struct following *f) {
    const struct lab_style *style = &f->call->options.style;
    size_t end = 0;
    int rows = 1;
    for (; end < page->length && rows < f->canvas.rows; end++)
        rows += page->data[end] == '\n';
    lab_text_cut(page, end);
    lab_text_repeat(page, "\n", f->canvas.rows - rows);
    lab_line_paint(page, style, LAB_COLOR_DIM, "q leaves", f->canvas.columns);
}

static void show(struct following *f) {
    struct lab_text page = {0};
    if (f->view.block > 0)
        put_page(&page, f);
    else
        put_waiting(&page, f);
    if (f->on_screen) {
        put_foot(&page, f);
        lab_canvas_draw(&f->canvas, &page);
    } else {
        lab_text_put(&page, "\n");
        lab_shell_put(f->call->shell, &page);
    }
    lab_text_free(&page);
}

// --- following

static void read_keys(struct following *f) {
    size_t n;
    int rc = lab_input_fill(&f->canvas.input);
    const char *bytes = lab_input_bytes(&f->canvas.input, &n);
    f->leaves = rc < 0 || memchr(bytes, 'q', n) || memchr(bytes, LAB_CTRL_C, n);
    lab_input_drop(&f->canvas.input);
}

// Looks whether the teacher has moved; false if there is nothing to follow any
// more. On the screen the next lesson is waited for.
static bool look(struct following *f, bool *has_moved) {
    struct lab_lectern_view view;
    *has_moved = false;
    if (!lab_lectern_read(&view))
        return true; // it is being written
    *has_moved = view.block != f->view.block || view.began != f->view.began;
    lab_text_free(&f->view.lesson);
    f->view = view;
    f->has_followed |= view.block > 0;
    return f->on_screen || view.block > 0;
}

static int follow(struct following *f) {
    enum { PATIENCE_MS = 1000 };
    lab_time look_again =
        (f->on_screen ? LAB_CANVAS_LOOK_MS : PATIENCE_MS) * LAB_MS;
    bool has_moved = true, teaches = true;
    int rc = 0;
    long long minute = 0;
    while (teaches && !f->leaves) {
        long long now = minute_of(f);
        bool has_changed = f->on_screen && lab_canvas_changed(&f->canvas);
        if (has_moved || has_changed || (f->on_screen && now != minute))
            show(f);
        minute = now;
        rc = lab_watched_wait(f->file, look_again);
        if (rc < 0 && rc != LAB_ETIMEDOUT)
            return rc;
        if (f->on_screen)
            read_keys(f);
        teaches = look(f, &has_moved);
    }
    return 0;
}

static int nobody(const struct lab_call *call) {
    lab_call_say(call,
                 "Nobody teaches here. teach 3 begins a lesson in another "
                 "terminal, and then notes follows it.");
    return LAB_EXIT_OK;
}

static bool can_have_screen(const struct lab_call *call) {
    return lab_full_possible(call) && !call->shell->typing;
}

static int follow_path(struct following *f) {
    struct lab_text path = {0};
    lab_lectern_path(&path);
    int rc = path.length ? lab_watched_open(&f->file, lab_text_string(&path))
                         : LAB_ENOENT;
    lab_text_free(&path);
    return rc;
}

static int notes(struct lab_call *call) {
    struct following f = {.call = call, .on_screen = can_have_screen(call)};
    struct lab_shell *shell = call->shell;
    if (shell->in_lesson || shell->capture)
        return lab_shell_refuse(shell, "notes follows a teacher from another "
                                       "terminal");
    if (f.on_screen)
        lab_lectern_make();
    if (follow_path(&f) < 0)
        return nobody(call);
    f.has_followed = lab_lectern_read(&f.view) && f.view.block > 0;
    if (f.on_screen)
        f.on_screen = lab_canvas_open(&f.canvas, true) == 0;
    if (!f.on_screen && !shell->at_prompt)
        lab_stdout_use(shell, true); // somebody waits for each page
    int rc = f.on_screen || f.has_followed ? follow(&f) : 0;
    if (f.on_screen)
        lab_canvas_close(&f.canvas);
    lab_watched_close(f.file);
    lab_text_free(&f.view.lesson);
    if (!f.on_screen && !f.has_followed)
        return nobody(call);
    if (rc == 0 && !f.leaves)
        lab_call_say(call, "The lesson is over.");
    return rc < 0 ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

LAB_COMMAND(notes) = {
    .name = "notes",
    .order = 744,
    .text = "show the notes on what is taught in another terminal",
    .help = "  notes                       follows the teacher, lesson by "
            "lesson; q leaves\n",
    .options = LAB_OPTIONS_STYLE,
    .run = notes,
};

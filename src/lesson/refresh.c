// A lesson is copied from its first byte to its last; what is not copied is
// the inside of our blocks, which is made anew:
//
//     prose ...               copied
//     ```looplab              copied, or with a longer fence
//     looplab> run 3          copied
//     old output              left out; what the command prints now is put
//     ```                     copied, or with a longer fence
//     ```python 03_x.py       copied; its lines are those of the file
//
// All of a file is looked at, so that the author sees every error at once.

#include "lesson/lesson.h"

#include "base/alloc.h"
#include "base/read.h"
#include "lesson/blocks.h"
#include "lesson/form.h"
#include "lesson/info.h"
#include "lesson/markdown.h"
#include "lesson/quote.h"
#include "lesson/scan.h"

#include <string.h>

struct refresh {
    const char *path;
    const struct lab_lesson_host *host;
    struct lab_markdown doc;
    struct lab_text *fresh, *error;
    size_t copied; // how much of the old text is in [fresh], or left out
    bool failed;
};

// The block being made.
struct body {
    const struct refresh *r;
    const struct lab_fence *fence;
    struct lab_text text, prefix;
    size_t width; // how many marks its fences need, for nothing to close them
};

// Begins a sentence about line [line]. The caller ends it with a newline.
static void complain(struct refresh *r, size_t line) {
    r->failed = true;
    lab_text_printf(r->error, "%s:%zu: ", r->path, line);
}

// Cuts the text up to [to] off the old one and appends it to the fresh one.
static void copy_to(struct refresh *r, size_t to) {
    lab_text_write(r->fresh, r->doc.text + r->copied, to - r->copied);
    r->copied = to;
}

// Appends one line to the block, with its prefix and the document's kind of
// line break, and without spaces at its end, which editors remove too.
static void put_line(struct body *body, const char *at, const char *end) {
    const struct lab_fence *fence = body->fence;
    size_t start = body->text.length;
    lab_text_put(&body->text, lab_text_string(&body->prefix));
    lab_text_write(&body->text, at, (size_t)(end - at));
    while (body->text.length > start &&
           lab_scan_is_space(body->text.data[body->text.length - 1]))
        body->text.data[--body->text.length] = '\0';
    lab_text_write(&body->text, body->r->doc.text + fence->end,
                   fence->next - fence->end);
    while (at < end && lab_scan_is_space(*at))
        at++;
    size_t marks = lab_scan_fence_end(at, end, fence->mark);
    if (marks >= body->width)
        body->width = marks + 1;
}

static void put_lines(struct body *body, const char *at, const char *end) {
    for (const char *next; at < end; at = next) {
        const char *line_end = lab_scan_line(at, end, &next);
        put_line(body, at, line_end);
    }
}

static void body_init(struct body *body, struct refresh *r,
                      const struct lab_fence *fence) {
    *body = (struct body){.r = r, .fence = fence, .width = fence->width};
    lab_markdown_prefix(&r->doc, fence, &body->prefix);
}

static void body_term(struct body *body) {
    lab_text_free(&body->text);
    lab_text_free(&body->prefix);
}

// Makes a fence of [has] marks at [at] as long as the block needs.
static void copy_fence(struct refresh *r, const struct body *body, size_t at,
                       size_t has) {
    copy_to(r, at + has);
    for (; has < body->width; has++)
        lab_text_write(r->fresh, &body->fence->mark, 1);
}

// Puts the block in the place of the one that was.
static void replace(struct refresh *r, const struct body *body) {
    const struct lab_fence *fence = body->fence;
    copy_fence(r, body, fence->at, fence->width);
    copy_to(r, fence->next);
    lab_text_write(r->fresh, lab_text_string(&body->text), body->text.length);
    if (fence->count)
        r->copied = r->doc.lines[fence->first + fence->count - 1].next;
    copy_fence(r, body, fence->close_at, fence->close_width);
}

// Puts what a command printed. A line in it that looks like a command would
// be run the next time, so the lesson cannot hold it.
static bool put_output(struct refresh *r, struct body *body, size_t line,
                       const char *command, const struct lab_text *output) {
    const char *at = lab_text_string(output), *end = at + output->length;
    for (const char *c = at, *next; c < end; c = next) {
        const char *line_end = lab_scan_line(c, end, &next);
        if (!lab_info_is_command(c, line_end))
            continue;
        complain(r, line);
        lab_text_put(r->error, "the output of ");
        lab_text_quote(r->error, command, strlen(command));
        lab_text_put(r->error,
                     " has a line that begins with \"" LAB_INFO_PROMPT
                     "\", as a command does; no lesson can show it\n");
        return false;
    }
    put_lines(body, at, end);
    return true;
}

// Appends the host's sentence, as one line.
static void put_reason(struct refresh *r, const char *reason) {
    size_t length = strlen(reason);
    while (length > 0 && reason[length - 1] == '\n')
        length--;
    for (size_t i = 0; i < length; i++)
        lab_text_write(r->error, reason[i] == '\n' ? " " : &reason[i], 1);
    lab_text_put(r->error, length ? "\n" : "this command failed\n");
}

// Runs the command that is on [line] from [at] to [end].
static bool run(struct refresh *r, struct body *body, size_t line,
                const char *at, const char *end) {
    while (at < end && lab_scan_is_space(*at))
        at++;
    while (end > at && lab_scan_is_space(end[-1]))
        end--;
    if (at == end)
        return true;
    struct lab_text command = {0}, output = {0}, reason = {0};
    lab_text_write(&command, at, (size_t)(end - at));
    bool ok;
    if (memchr(at, '\0', (size_t)(end - at))) {
        complain(r, line);
        lab_text_put(r->error, "this command has a NUL byte in it\n");
        ok = false;
    } else if (!r->host->run(r->host->context, lab_text_string(&command),
                             &output, &reason)) {
        complain(r, line);
        put_reason(r, lab_text_string(&reason));
        ok = false;
    } else {
        ok = put_output(r, body, line, lab_text_string(&command), &output);
    }
    lab_text_free(&command);
    lab_text_free(&output);
    lab_text_free(&reason);
    return ok;
}

// Has the host what all commands of [fence] need?
static bool can_run(const struct refresh *r, const struct lab_fence *fence) {
    bool can = true;
    for (size_t i = 0; r->host->can_run && i < fence->count && can; i++) {
        const struct lab_fence_line *line = &r->doc.lines[fence->first + i];
        const char *at = r->doc.text + line->content;
        const char *end = r->doc.text + line->end;
        struct lab_text command = {0};
        if (!lab_info_is_command(at, end))
            continue;
        at += strlen(LAB_INFO_PROMPT);
        lab_text_write(&command, at, (size_t)(end - at));
        can = r->host->can_run(r->host->context, lab_text_string(&command));
        lab_text_free(&command);
    }
    return can;
}

// Makes the body of a ```looplab block. The first error ends it: what comes
// after a command depends on it.
static bool run_all(struct refresh *r, struct body *body) {
    const struct lab_fence *fence = body->fence;
    const char *text = r->doc.text;
    bool began = false;
    for (size_t i = 0; i < fence->count; i++) {
        const struct lab_fence_line *line = &r->doc.lines[fence->first + i];
        const char *at = text + line->content, *end = text + line->end;
        bool is_command = lab_info_is_command(at, end);
        if (!is_command && !began && !lab_scan_is_blank(at, end)) {
            complain(r, fence->line + 1 + i);
            lab_text_put(r->error,
                         "this text stands before the first command of its "
                         "block; begin the line with \"" LAB_INFO_PROMPT
                         " \", or move "
                         "it out\n");
            return false;
        }
        if (is_command || !began)
            lab_text_write(&body->text, text + line->start,
                           line->next - line->start);
        began |= is_command;
        if (is_command && !run(r, body, fence->line + 1 + i,
                               at + strlen(LAB_INFO_PROMPT), end))
            return false;
    }
    return true;
}

// Makes the body of a ```c NAME block.
static bool quote(struct refresh *r, struct body *body, const char *name,
                  size_t length) {
    struct lab_quote found;
    if (r->host->source &&
        lab_quote_find(lab_quote_next, r->host->source, name, length, &found)) {
        put_lines(body, found.start, found.end);
        return true;
    }
    complain(r, body->fence->line);
    if (!r->host->source) {
        lab_text_put(r->error, "cannot quote ");
        lab_text_quote(r->error, name, length);
        lab_text_put(r->error, ": ");
        put_reason(r, r->host->no_source ? r->host->no_source
                                         : "this lesson has no demo");
        return false;
    }
    struct lab_text near = {0};
    lab_quote_nearest(lab_quote_next, r->host->source, name, length, &near);
    lab_text_put(r->error, "no function ");
    lab_text_quote(r->error, name, length);
    lab_text_put(r->error, " in the demo");
    if (near.length)
        lab_text_printf(r->error, "; did you mean \"%s\"?", near.data);
    lab_text_put(r->error, "\n");
    lab_text_free(&near);
    return false;
}

// Makes the body of a ```python NAME.py block, from the file of that name.
static bool copy_program(struct refresh *r, struct body *body, const char *name,
                         size_t length) {
    struct lab_text path = {0}, program = {0}, reason = {0};
    const char *slash = strrchr(r->path, '/');
    if (slash)
        lab_text_write(&path, r->path, (size_t)(slash + 1 - r->path));
    lab_text_write(&path, name, length);
    bool fine = lab_read_or_say(lab_text_string(&path), &program, &reason);
    const char *text = lab_text_string(&program);
    if (fine) {
        put_lines(body, text, text + program.length);
    } else {
        complain(r, body->fence->line);
        put_reason(r, lab_text_string(&reason));
    }
    lab_text_free(&path);
    lab_text_free(&program);
    lab_text_free(&reason);
    return fine;
}

// Makes the body of a block of [info].
static bool make_body(struct refresh *r, struct body *body,
                      const struct lab_info *info) {
    if (info->kind == LAB_INFO_COMMANDS)
        return run_all(r, body);
    if (info->kind == LAB_INFO_PROGRAM)
        return copy_program(r, body, info->name, info->length);
    return quote(r, body, info->name, info->length);
}

// Says of a block what it was meant to be.
static void complain_of_info(struct refresh *r, const struct lab_fence *fence,
                             const struct lab_info *info) {
    static const char *const what[] = {
        [LAB_INFO_COMMANDS] = "is not run",
        [LAB_INFO_QUOTE] = "quotes nothing",
        [LAB_INFO_PROGRAM] = "is not run",
        [LAB_INFO_OUTPUT] = "is not compared",
        [LAB_INFO_MEASURED] = "is not compared",
        [LAB_INFO_PREDICT] = "asks nothing",
        [LAB_INFO_NOTE] = "is shown to all readers",
    };
    complain(r, fence->line);
    lab_text_put(r->error, "a block marked ");
    lab_text_quote(r->error, r->doc.text + fence->info,
                   fence->info_end - fence->info);
    lab_text_printf(r->error, " %s; did you mean \"%s%s%.*s\"?\n",
                    what[info->kind], info->meant, info->length ? " " : "",
                    (int)info->length, info->length ? info->name : "");
}

static void check_questions(struct refresh *r, const struct lab_fence *fence) {
    size_t line = fence->line;
    struct lab_text reason = {0};
    if (r->host->can_ask &&
        !r->host->can_ask(r->host->context, &r->doc, fence, &line, &reason)) {
        complain(r, line);
        put_reason(r, lab_text_string(&reason));
    }
    lab_text_free(&reason);
}

static void refresh_fence(struct refresh *r, const struct lab_fence *fence) {
    const char *text = r->doc.text;
    struct lab_info info = lab_info_read(
        text + fence->info, text + fence->info_end, r->host->source);
    if (!fence->closed) {
        complain(r, fence->line);
        lab_text_put(r->error, "this fence is never closed; end the block with "
                               "a line ");
        lab_text_quote(r->error, text + fence->at, fence->width);
        lab_text_put(r->error, "\n");
        return;
    }
    if (info.meant) {
        complain_of_info(r, fence, &info);
        return;
    }
    if (info.kind == LAB_INFO_PREDICT)
        check_questions(r, fence);
    if (info.kind == LAB_INFO_COMMANDS ? !can_run(r, fence) : !info.length)
        return;
    struct body body;
    body_init(&body, r, fence);
    if (make_body(r, &body, &info))
        replace(r, &body);
    body_term(&body);
}

// How many blocks a plan speaks of.
struct plan {
    struct lab_stretch number; // nothing: there is no plan
    size_t count;
};

static struct plan find_plan(const struct lab_markdown *doc) {
    struct lab_parts parts;
    struct lab_blocks blocks;
    lab_parts_split(&parts, doc);
    lab_blocks_find(&blocks, &parts);
    struct plan plan = {{0, 0}, blocks.count};
    if (blocks.has_plan)
        plan.number = blocks.number;
    lab_blocks_free(&blocks);
    lab_parts_free(&parts);
    return plan;
}

// Puts the number of blocks there are, if the plan stands before [to].
static void refresh_plan(struct refresh *r, struct plan *plan, size_t to) {
    if (plan->number.to == 0 || plan->number.to > to)
        return;
    copy_to(r, plan->number.from);
    lab_text_printf(r->fresh, "%zu", plan->count);
    r->copied = plan->number.to;
    plan->number.to = 0;
}

bool lab_lesson_refresh(const char *path, const char *text, size_t length,
                        const struct lab_lesson_host *host,
                        struct lab_text *fresh, struct lab_text *error) {
    struct refresh r = {
        .path = path, .host = host, .fresh = fresh, .error = error};
    lab_markdown_split(&r.doc, text, length);
    struct plan plan = find_plan(&r.doc);
    for (size_t i = 0; i < r.doc.fence_count; i++) {
        refresh_plan(&r, &plan, r.doc.fences[i].start);
        refresh_fence(&r, &r.doc.fences[i]);
    }
    refresh_plan(&r, &plan, length);
    if (host->has_form)
        r.failed |= !lab_form_check(path, &r.doc, error);
    copy_to(&r, length);
    lab_markdown_free(&r.doc);
    return !r.failed;
}

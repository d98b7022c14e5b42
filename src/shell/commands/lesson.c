#include "base/die.h"
#include "base/read.h"
#include "lesson/folder.h"
#include "lesson/info.h"
#include "lesson/parts.h"
#include "lesson/render.h"
#include "shell/command.h"
#include "shell/option.h"
#include "shell/questions.h"
#include "shell/reading.h"
#include "shell/rerun.h"

#include <stdlib.h>
#include <string.h>

// A lesson that is printed, where there is no prompt.
struct print {
    struct lab_call *call;
    struct lab_markdown doc;
    struct lab_text out, answers; // to the questions of the part before
    struct lab_rerun rerun;       // of its commands, where that is needed
};

static void put_text(struct print *print, size_t from, size_t to) {
    if (lab_parts_is_blank(&print->doc, from, to))
        return;
    lab_text_put(&print->out, print->out.length ? "\n" : "");
    lab_render_put(&print->out, &print->call->options.style, &print->doc, from,
                   to);
}

static void put(struct print *print, size_t from, size_t to) {
    bool again = lab_rerun_needed(&print->call->options.style);
    for (size_t i = 0; again && i < print->doc.fence_count; i++) {
        const struct lab_fence *fence = &print->doc.fences[i];
        struct lab_text block = {0};
        if (fence->start >= from && fence->start < to &&
            lab_rerun_put(&print->rerun, &print->doc, fence, &block)) {
            put_text(print, from, fence->start);
            lab_text_put(&print->out, print->out.length ? "\n" : "");
            lab_text_put(&print->out, lab_text_string(&block));
            from = lab_markdown_after(&print->doc, fence);
        }
        lab_text_free(&block);
    }
    put_text(print, from, to);
}

static void put_questions(struct print *print, const struct lab_fence *fence,
                          struct lab_text *answers) {
    struct lab_questions questions;
    const struct lab_style *style = &print->call->options.style;
    int status = lab_questions_open(&questions, print->call, print->call->file,
                                    &print->doc, fence);
    if (status == LAB_EXIT_OK) {
        lab_text_put(&print->out, "\n");
        lab_questions_put(&print->out, style, &questions.subject.quiz);
        lab_questions_put_right(answers, style, &questions.subject.quiz);
    }
    lab_questions_close(&questions);
}

static bool is_predict(const struct lab_markdown *doc,
                       const struct lab_fence *fence) {
    return lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                         NULL)
               .kind == LAB_INFO_PREDICT;
}

// Questions stand where their block does, and answers at the end of the next
// part.
static void put_part(struct print *print, const struct lab_part *part) {
    struct lab_text answers = {0};
    size_t from = part->from;
    for (size_t i = 0; i < print->doc.fence_count; i++) {
        const struct lab_fence *fence = &print->doc.fences[i];
        if (fence->start < part->from || fence->start >= part->to ||
            !is_predict(&print->doc, fence))
            continue;
        put(print, from, fence->start);
        put_questions(print, fence, &answers);
        from = lab_markdown_after(&print->doc, fence);
    }
    put(print, from, part->to);
    if (print->answers.length)
        lab_text_printf(&print->out, "\nThe answers to the questions:\n\n%s",
                        lab_text_string(&print->answers));
    lab_text_free(&print->answers);
    print->answers = answers;
}

static int print_lesson(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text path = {0}, text = {0}, error = {0};
    struct print print = {.call = call};
    struct lab_parts parts;
    lab_folder_path(shell->folders.lessons, call->file, &path);
    bool fine = lab_read_or_say(lab_text_string(&path), &text, &error);
    lab_text_free(&path);
    if (!fine)
        return lab_shell_fail_text(shell, &error);
    lab_markdown_split(&print.doc, lab_text_string(&text), text.length);
    lab_parts_split(&parts, &print.doc);
    lab_rerun_begin(&print.rerun, shell, &call->options.style);
    for (size_t i = 0; i < parts.count; i++)
        put_part(&print, &parts.parts[i]);
    lab_text_put(&print.out, lab_text_string(&print.answers));
    lab_shell_put(shell, &print.out);
    lab_rerun_end(&print.rerun);
    lab_parts_free(&parts);
    lab_markdown_free(&print.doc);
    lab_text_free(&print.answers);
    lab_text_free(&print.out);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

static int lesson(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    if (shell->at_prompt && !shell->in_lesson)
        return call->file ? lab_reading_begin(call, call->file, call->part)
                          : lab_reading_continue(call);
    if (!call->file)
        return lab_shell_refuse(shell, "lesson needs a lesson, which lessons "
                                       "lists; for example: lesson 3");
    if (call->part)
        return lab_shell_refuse(shell,
                                "parts are for reading at the prompt; "
                                "leave \"%zu\" out",
                                call->part);
    return print_lesson(call);
}

// --- its words

static int read_part(struct lab_call *call, char **words, int count) {
    char *end;
    (void)count;
    call->part = strtoul(words[0], &end, 10);
    if (words[0][0] >= '0' && words[0][0] <= '9' && !*end && call->part > 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(
        call->shell, "lesson takes the number of a part, not \"%s\"", words[0]);
}

static struct lab_demo_file *find(const struct lab_call *call,
                                  struct lab_demos *demos, const char *word) {
    struct lab_text error = {0};
    struct lab_demo_file *file = lab_shell_demos(call->shell, &error)
                                     ? lab_demos_find(demos, word, &error)
                                     : NULL;
    lab_text_free(&error);
    return file;
}

static int read_lesson(struct lab_call *call, char **words, int count) {
    struct lab_shell *shell = call->shell;
    call->file = find(call, &shell->demos, words[0]);
    if (!call->file)
        call->file = find(call, lab_shell_own(shell), words[0]);
    if (!call->file && shell->demos.files &&
        words[0][strspn(words[0], "0123456789")] == '\0')
        return lab_shell_refuse(
            shell, "no lesson \"%s\"; lessons lists those there are", words[0]);
    return call->file ? LAB_EXIT_OK : lab_type_demo.read(call, words, count);
}

static void offer_lessons(const struct lab_request *request) {
    lab_type_demo.offer(request);
    const struct lab_demos *own = lab_shell_own(request->shell);
    for (size_t i = 0; i < own->count; i++)
        lab_offer(request, own->files[i].name);
}

const struct lab_type lab_type_lesson = {
    .usage = "LESSON",
    .noun = "a lesson, which lessons lists",
    .offer = offer_lessons,
    .read = read_lesson,
};

static const struct lab_type part = {
    .usage = "PART",
    .read = read_part,
};

LAB_COMMAND(lesson) = {
    .name = "lesson",
    .order = 40,
    .text = "read a lesson, part by part",
    .help =
        "  lesson 3                    where it was left, or its beginning\n"
        "  lesson 3 1                  its first part\n"
        "  lesson                      the lesson that was read last\n",
    .takes = {{&lab_type_lesson, .optional = true}, {&part, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTIONS_STYLE,
    .run = lesson,
};

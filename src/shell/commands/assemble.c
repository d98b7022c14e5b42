// assemble: the lines of a program, put in order and graded by what they do.

#include "base/alloc.h"
#include "base/die.h"
#include "base/save.h"
#include "guest/guest.h"
#include "lesson/markdown.h"
#include "lesson/puzzle.h"
#include "lesson/render.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/grading.h"
#include "shell/key.h"
#include "shell/option.h"
#include "view/line.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct session {
    struct lab_call *call;
    struct lab_grading grading;
    struct lab_puzzle puzzle, before; // before the last answer
    struct lab_text path;             // of what was put together
    size_t hints;                     // shown so far
    bool is_over;
    int status;
};

static void put_lines(const struct session *session) {
    struct lab_text text = {0};
    lab_puzzle_put(&text, &session->call->options.style, &session->puzzle);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static void put_markdown(const struct session *session, const char *markdown) {
    struct lab_markdown doc;
    struct lab_text text = {0};
    lab_markdown_split(&doc, markdown, strlen(markdown));
    lab_render_put(&text, &session->call->options.style, &doc, 0, doc.length);
    if (text.length && text.data[text.length - 1] != '\n')
        lab_text_put(&text, "\n");
    lab_shell_put(session->call->shell, &text);
    lab_markdown_free(&doc);
    lab_text_free(&text);
}

static void put_task(const struct session *session) {
    const struct lab_exercise *exercise = &session->grading.exercise;
    lab_call_paint(session->call, LAB_COLOR_HEAD, "%s", exercise->title);
    lab_shell_printf(session->call->shell, "\n");
    put_markdown(session, exercise->statement);
}

static void put_question(const struct session *session) {
    put_task(session);
    lab_shell_printf(session->call->shell, "\n");
    put_lines(session);
    lab_call_paint(
        session->call, LAB_COLOR_NONE,
        "Put %zu of these in order: their numbers, as in 3 1 5 2 4. Then 3 "
        "before 1 moves one. ? helps, h hints, l shows the lines, s the task, "
        "q leaves.",
        session->puzzle.needed);
}

// The order that there is, as it is typed.
static void put_order(const struct session *session) {
    struct lab_text line = {0};
    for (size_t i = 0; i < session->puzzle.placed; i++)
        lab_text_printf(&line, "%s%zu", i ? " " : "", session->puzzle.order[i]);
    lab_call_paint(session->call, LAB_COLOR_NONE, "Your order: %s",
                   lab_text_string(&line));
    lab_text_free(&line);
}

// --- grading

static bool write_program(const struct session *session) {
    const char *path = lab_text_string(&session->path);
    struct lab_text text = {0};
    struct lab_save save;
    lab_puzzle_put_program(&text, &session->puzzle);
    lab_save_folder(path);
    int rc = lab_save_open(&save, path);
    if (rc == 0) {
        fputs(lab_text_string(&text), save.file);
        rc = lab_save_close(&save);
    }
    if (rc < 0)
        lab_shell_refuse(session->call->shell, "%s cannot be written: %s", path,
                         lab_error_text(rc));
    lab_text_free(&text);
    return rc == 0;
}

static void put_passed(const struct session *session) {
    struct lab_text line = {0};
    int number = session->call->file->number;
    lab_graded_put_sentence(&line, &session->grading.grade);
    lab_call_paint(
        session->call, LAB_COLOR_GOOD,
        "Right: it %s. It is %s. In words of your own: exercise %d python.",
        lab_text_string(&line), lab_text_string(&session->path), number);
    lab_text_free(&line);
}

// What could not be run names a line of the file, which nobody has seen yet.
static void put_program(const struct session *session) {
    struct lab_text text = {0};
    int number = 1;
    lab_puzzle_put_program(&text, &session->puzzle);
    const char *at = lab_text_string(&text);
    for (size_t n; *at; at += n + (at[n] == '\n')) {
        n = strcspn(at, "\n");
        lab_shell_printf(session->call->shell, "%4d  %.*s\n", number++, (int)n,
                         at);
    }
    lab_text_free(&text);
}

static void put_wrong(const struct session *session) {
    struct lab_text text = {0};
    lab_pages_show(session->call->shell); // what Python said
    if (!session->grading.is_graded)
        put_program(session);
    lab_grading_put(&session->grading, &text);
    lab_shell_put(session->call->shell, &text);
    lab_text_free(&text);
}

static void grade(struct session *session) {
    if (!write_program(session)) {
        session->is_over = true;
        session->status = LAB_EXIT_IO;
        return;
    }
    session->status =
        lab_grading_run(&session->grading, lab_text_string(&session->path));
    session->is_over = session->status == LAB_EXIT_OK ||
                       session->status == LAB_EXIT_INTERRUPTED;
    if (session->status == LAB_EXIT_OK)
        put_passed(session);
    else
        put_wrong(session);
    if (session->status != LAB_EXIT_INTERRUPTED)
        lab_done_add(session->call->shell, "assemble",
                     session->call->file->number,
                     session->status == LAB_EXIT_OK ? "passed" : "failed");
}

// --- answers

static void answer(struct session *session, const char *typed) {
    struct lab_puzzle before = session->puzzle;
    struct lab_text error = {0};
    if (!lab_puzzle_take(&session->puzzle, typed, &error)) {
        lab_call_paint(session->call, LAB_COLOR_BAD, "%s.",
                       lab_text_string(&error));
        lab_text_free(&error);
        return;
    }
    session->before = before;
    if (strchr(typed, 'e') || strchr(typed, 'o')) // "before", "after", "for"
        put_order(session);
    grade(session);
}

static void go_back(struct session *session) {
    session->puzzle = session->before;
    if (session->puzzle.placed)
        put_order(session);
    else
        put_question(session);
}

static void put_hint(struct session *session) {
    const struct lab_exercise *exercise = &session->grading.exercise;
    size_t count = exercise->hint_count[true];
    if (session->hints == count)
        session->hints = 0; // from the first again
    const char *hint = exercise->hints[true][session->hints++];
    lab_call_paint(session->call, LAB_COLOR_HEAD, "hint %zu of %zu",
                   session->hints, count);
    put_markdown(session, hint);
}

static void help(const struct session *session) {
    lab_call_paint(
        session->call, LAB_COLOR_NONE,
        "Type the numbers of all lines in order, or change the order that you "
        "have: 3 before 1, 3 after 1, and 3 for 4 where one of the two is "
        "taken. It is run under every schedule, and whatever order holds is "
        "right. h shows a hint, l the lines, s the task, b goes back, q "
        "leaves.");
}

static void leave(struct session *session) {
    int number = session->call->file->number;
    session->is_over = true;
    lab_call_paint(session->call, LAB_COLOR_DIM,
                   "Next: exercise %d python, where you write; lesson %d.",
                   number, number);
}

static void take(struct session *session, const char *typed) {
    if (strcmp(typed, "q") == 0)
        leave(session);
    else if (strcmp(typed, "b") == 0)
        go_back(session);
    else if (strcmp(typed, "h") == 0 || strcmp(typed, "hint") == 0)
        put_hint(session);
    else if (strcmp(typed, "l") == 0)
        put_lines(session);
    else if (strcmp(typed, "s") == 0 || strcmp(typed, "task") == 0)
        put_task(session);
    else if (!*typed && lab_pages_more(session->call->shell))
        return;
    else if (!*typed || strcmp(typed, "?") == 0 || strcmp(typed, "help") == 0)
        help(session);
    else if (!lab_grading_command(&session->grading, typed))
        answer(session, typed);
}

static int ask(struct session *session) {
    struct lab_text line = {0};
    int rc = 0;
    put_question(session);
    while (!session->is_over &&
           (rc = lab_ask(session->call, "> ", &line)) >= 0) {
        lab_text_trim(&line);
        const char *typed = lab_text_string(&line);
        take(session, typed + strspn(typed, " \t"));
    }
    lab_text_free(&line);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : session->status;
}

// --- the command

static int begin(struct session *session) {
    const struct lab_call *call = session->call;
    const struct lab_demo_file *lesson = call->file;
    unsigned long seed = call->seed ? call->seed : (unsigned)lesson->number;
    if (!lab_puzzle_init(&session->puzzle, &session->grading.exercise, seed))
        return lab_shell_refuse(call->shell,
                                "lesson %d has no lines to assemble; exercise "
                                "%d mends a program",
                                lesson->number, lesson->number);
    session->before = session->puzzle;
    lab_text_printf(&session->path, "exercises/%02d_%s_assembled.py",
                    lesson->number, lesson->name);
    return ask(session);
}

static int assemble(struct lab_call *call) {
    struct session session = {.call = call};
    if (call->shell->in_lesson)
        return lab_shell_refuse(call->shell, "a lesson cannot ask for lines");
    int status = lab_ask_check(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (!lab_guest_can_start("x.py"))
        return lab_shell_refuse(call->shell,
                                "there is no python3 here, and the lines are "
                                "Python; exercise %d is in C",
                                call->file->number);
    status = lab_grading_open(&session.grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    status = begin(&session);
    lab_grading_close(&session.grading);
    lab_text_free(&session.path);
    return status;
}

// --- its last word: the language, of which there is one

static int read_language(struct lab_call *call, char **words, int count) {
    if (count == 0 || lab_grading_is_python(words[0]))
        return LAB_EXIT_OK;
    if (strcasecmp(words[0], "c") == 0)
        return lab_shell_refuse(call->shell,
                                "the lines to assemble are Python; exercise "
                                "%d c mends a program in C",
                                call->file->number);
    return lab_shell_refuse(call->shell,
                            "assemble takes a lesson, and its lines are "
                            "Python; not \"%s\"",
                            words[0]);
}

static void offer_language(const struct lab_request *request) {
    lab_offer_about(request, "python", "the lines are in no other language");
}

static const struct lab_type language = {
    .usage = "python",
    .offer = offer_language,
    .read = read_language,
};

LAB_COMMAND(assemble) = {
    .name = "assemble",
    .order = 50,
    .text = "put the lines of a program in order; any that works is right",
    .help = "  assemble 11                 numbers in order, or 3 before 1\n"
            "  assemble 11 seed=2          the lines in another order\n",
    .takes = {{&lab_type_exercise}, {&language, .optional = true}},
    .keys = LAB_KEYS_SEED,
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_LIMIT |
               LAB_OPTIONS_STYLE,
    .run = assemble,
};

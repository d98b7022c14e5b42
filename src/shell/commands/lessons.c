// Running what is in lessons, and keeping it true.

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "guest/guest.h"
#include "lesson/folder.h"
#include "lesson/lesson.h"
#include "shell/command.h"
#include "shell/exercises.h"
#include "shell/option.h"
#include "shell/questions.h"
#include "shell/sheet.h"
#include "shell/words.h"

#include <string.h>

struct host {
    struct lab_shell shell; // of one lesson, so that none depends on another
    struct lab_text *out, *error;
    struct lab_demo_file *file; // of the lesson, or NULL
    bool lacks_python;
    const struct lab_demo_file *skipped; // a demo that its commands need
};

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct host *host = shell->output;
    lab_text_write(host->out, bytes, n);
}

static void complain(struct lab_shell *shell, const char *sentence) {
    struct host *host = shell->output;
    if (host->error->length)
        lab_text_put(host->error, "; ");
    lab_text_put(host->error, sentence);
}

// A law that does not hold is an output like any other; a command that is
// refused is an error in the lesson.
static bool run(void *context, const char *command, struct lab_text *out,
                struct lab_text *error) {
    struct host *host = context;
    struct lab_words words;
    host->out = out;
    host->error = error;
    int status = lab_words_split(&words, command, error)
                     ? lab_command_call(&host->shell, words.words, words.count)
                     : LAB_EXIT_USAGE;
    lab_words_free(&words);
    return status != LAB_EXIT_USAGE && error->length == 0;
}

// Keeps [file], if it is there and cannot run here, or not with all it uses.
static void note_skipped(struct host *host, struct lab_demo_file *file) {
    struct lab_text error = {0};
    if (file && (lab_demos_load(file, &error) || file->is_skipped) &&
        file->needs)
        host->skipped = file;
    lab_text_free(&error);
}

// What runs a demo of another lesson needs that demo's libraries.
static bool can_run(void *context, const char *command) {
    struct host *host = context;
    struct lab_words words;
    struct lab_text error = {0};
    bool has_python = true;
    if (lab_words_split(&words, command, &error))
        for (int i = 0; i < words.count; i++) {
            const char *word = words.words[i];
            has_python = has_python && lab_guest_can_start(word);
            if (i > 0 && !host->skipped)
                note_skipped(host,
                             lab_demos_find(&host->shell.demos, word, &error));
        }
    lab_words_free(&words);
    lab_text_free(&error);
    host->lacks_python |= !has_python;
    return has_python && !host->skipped;
}

// What cannot run here is not looked at, as in can_run.
static bool can_ask(void *context, const struct lab_markdown *doc,
                    const struct lab_fence *fence, size_t *line,
                    struct lab_text *error) {
    struct host *host = context;
    struct lab_questions questions;
    struct lab_text word = {0};
    if (!host->file) {
        lab_text_put(error, "only a lesson has runs to ask about");
        return false;
    }
    lab_questions_word(&host->shell, host->file, &word);
    bool can = can_run(host, lab_text_string(&word));
    lab_text_free(&word);
    if (!can)
        return true;
    host->error = error;
    struct lab_call call = {.shell = &host->shell,
                            .options = host->shell.options};
    int status = lab_questions_open(&questions, &call, host->file, doc, fence);
    *line = questions.line;
    lab_questions_close(&questions);
    return status == LAB_EXIT_OK && error->length == 0;
}

typedef enum lab_lesson_state visit_fn(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *diff,
                                       struct lab_text *error);

static enum lab_lesson_state rewrite(const char *path,
                                     const struct lab_lesson_host *host,
                                     struct lab_text *diff,
                                     struct lab_text *error) {
    enum lab_lesson_state state = lab_lesson_write(path, host, error);
    if (state == LAB_LESSON_WRITTEN)
        lab_text_printf(diff, "%s was rewritten\n", path);
    return state;
}

// How many files were visited, and what was wrong with them.
struct tally {
    size_t all;
    size_t stale;    // --write brings them up to date
    size_t wrong;    // their author has to
    size_t lost;     // of these, which could not be written
    size_t skipped;  // not all of it was looked at
    bool is_stopped; // by Ctrl-C, while exercises were graded
};

// Brings one text up to date or compares it, as [visit] does. Functions are
// quoted from the source of [file], if it is not NULL.
static void visit_text(struct lab_call *call, const char *path,
                       struct lab_demo_file *file, visit_fn *visit,
                       struct tally *tally) {
    struct lab_text source = {0}, none = {0}, said = {0}, error = {0};
    struct host host;
    host.lacks_python = false;
    host.skipped = NULL;
    host.file = file;
    note_skipped(&host, file && file->path ? file : NULL);
    lab_shell_begin_lesson(&host.shell, call->shell);
    host.shell.print = print;
    host.shell.complain = complain;
    host.shell.output = &host;
    struct lab_lesson_host lesson = {.run = run,
                                     .can_ask = can_ask,
                                     .can_run = can_run,
                                     .context = &host,
                                     .has_form = file && call->check};
    if (file && lab_read_or_say(lab_demos_source(file), &source, &none))
        lesson.source = lab_text_string(&source);
    else if (file)
        lesson.no_source = lab_text_string(&none);
    enum lab_lesson_state state = visit(path, &lesson, &said, &error);
    lab_shell_put_file(call->shell, lab_text_string(&said), said.length);
    if (error.length)
        lab_shell_refuse_text(call->shell, &error);
    if (host.lacks_python)
        lab_call_say(call,
                     "%s: what Python programs show is not compared, as "
                     "there is no python3.",
                     path);
    if (host.skipped)
        lab_call_say(call, "%s: not checked: needs %s.", path,
                     host.skipped->needs);
    tally->all++;
    tally->skipped += host.skipped != NULL;
    tally->stale += state == LAB_LESSON_STALE;
    tally->lost += state == LAB_LESSON_LOST;
    tally->wrong += state == LAB_LESSON_WRONG || state == LAB_LESSON_LOST;
    lab_shell_end_lesson(&host.shell);
    lab_text_free(&source);
    lab_text_free(&none);
    lab_text_free(&said);
}

// --- exercises

// Those that are only read do not count, unless they are wrong.
static void check_exercise(struct lab_call *call, const char *path,
                           enum lab_exercises_depth depth,
                           struct tally *tally) {
    struct lab_text error = {0};
    struct lab_exercises_notes notes = {0};
    bool fine = lab_exercises_check(call, path, depth, &notes, &error);
    tally->is_stopped |= notes.stopped;
    tally->all += depth != LAB_EXERCISES_READ || !fine;
    if (!fine) {
        tally->wrong++;
        lab_text_trim(&error);
        lab_shell_refuse_text(call->shell, &error);
    }
    if (notes.skipped)
        lab_call_say(call,
                     "%s: programs in Python are not graded, as there is no "
                     "python3.",
                     path);
}

static void check_exercises(struct lab_call *call,
                            enum lab_exercises_depth depth,
                            struct tally *tally) {
    struct lab_text path = {0};
    for (size_t i = 0;
         !tally->is_stopped && lab_exercises_path(call->shell, i, &path); i++)
        check_exercise(call, lab_text_string(&path), depth, tally);
    lab_text_free(&path);
}

// Checks what [word] means, if it means exercises.
static bool takes_exercise(struct lab_call *call, const char *word,
                           struct tally *tally) {
    if (strcmp(word, "exercises") == 0)
        check_exercises(call, LAB_EXERCISES_QUICK, tally);
    else if (lab_exercises_is(word))
        check_exercise(call, word, LAB_EXERCISES_FULL, tally);
    else
        return false;
    return true;
}

// --- files

static void visit_file(struct lab_call *call, const char *path, visit_fn *visit,
                       struct tally *tally) {
    struct lab_demo_file *file = lab_folder_demo(&call->shell->demos, path);
    if (!file)
        file = lab_folder_demo(lab_shell_own(call->shell), path);
    visit_text(call, path, file, visit, tally);
}

static void visit_lesson(struct lab_call *call, struct lab_demo_file *file,
                         visit_fn *visit, struct tally *tally) {
    struct lab_text path = {0};
    lab_folder_path(call->shell->folders.lessons, file, &path);
    visit_text(call, lab_text_string(&path), file, visit, tally);
    lab_text_free(&path);
}

// Visits what is named: a file's name has a dot or a slash in it.
static void visit_named(struct lab_call *call, visit_fn *visit,
                        struct tally *tally) {
    for (int i = 0; i < call->count; i++) {
        char *word = call->words[i];
        if (call->check && takes_exercise(call, word, tally))
            continue;
        if (strpbrk(word, "./"))
            visit_file(call, word, visit, tally);
        else if (lab_type_lesson.read(call, &word, 1) == LAB_EXIT_OK)
            visit_lesson(call, call->file, visit, tally);
        else
            tally->all++, tally->wrong++;
    }
}

// Visits every lesson, and names each that has neither a demo nor a program.
static void visit_folder(struct lab_call *call, visit_fn *visit,
                         struct tally *tally) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    struct lab_demo_file *file;
    for (size_t i = 0; (file = lab_shell_lesson(shell, i)); i++)
        visit_lesson(call, file, visit, tally);
    size_t strays =
        lab_folder_strays(shell->folders.lessons, &shell->demos, &error);
    if (strays)
        lab_shell_refuse_text(shell, &error);
    if (call->check)
        check_exercises(call, LAB_EXERCISES_READ, tally);
    tally->all += strays;
    tally->wrong += strays;
}

static int visit_all(struct lab_call *call, visit_fn *visit) {
    struct lab_shell *shell = call->shell;
    const char *noun = call->count ? "files are" : "lessons are";
    struct tally tally = {0};
    if (call->count)
        visit_named(call, visit, &tally);
    else
        visit_folder(call, visit, &tally);
    if (tally.stale + tally.wrong == 0) {
        struct lab_text skipped = {0};
        if (tally.skipped)
            lab_text_printf(&skipped, ", and %zu %s skipped", tally.skipped,
                            tally.skipped == 1 ? "is" : "are");
        lab_call_say(call, "%zu of %zu %s as they should be%s.",
                     tally.all - tally.skipped, tally.all, noun,
                     lab_text_string(&skipped));
        lab_text_free(&skipped);
        return LAB_EXIT_OK;
    }
    struct lab_text error = {0};
    lab_text_printf(&error, "%zu of %zu %s not as they should be",
                    tally.stale + tally.wrong, tally.all, noun);
    if (tally.stale)
        lab_text_put(&error, "; --write brings outputs up to date");
    if (tally.stale && tally.wrong)
        lab_text_printf(&error, " in %zu of them", tally.stale);
    lab_shell_refuse_text(shell, &error);
    return tally.is_stopped ? LAB_EXIT_INTERRUPTED
           : tally.lost     ? LAB_EXIT_IO
                            : LAB_EXIT_FAILED;
}

static int put_list(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    const struct lab_demo_file *file;
    size_t count = 0;
    for (size_t i = 0; (file = lab_shell_lesson(shell, i)); i++) {
        if (!lab_folder_has(shell->folders.lessons, file))
            continue;
        lab_pages_printf(shell, "%02d %s\n", file->number, file->name);
        count++;
    }
    if (count > 0) {
        lab_pages_printf(shell, "\nlesson 3 begins one.\n");
        return LAB_EXIT_OK;
    }
    lab_shell_refuse(shell, "there are no lessons in %s",
                     shell->folders.lessons);
    return LAB_EXIT_FAILED;
}

// Prints the questions of the lessons that are named, or of all.
static int print_sheets(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_demo_file *file;
    int status = LAB_EXIT_OK;
    for (int i = 0; i < call->count && status == LAB_EXIT_OK; i++) {
        status = lab_type_lesson.read(call, &call->words[i], 1);
        if (status == LAB_EXIT_OK)
            status = lab_sheet_print(call, call->file);
    }
    for (size_t i = 0; call->count == 0 && status == LAB_EXIT_OK &&
                       (file = lab_shell_lesson(shell, i));
         i++)
        status = lab_sheet_print(call, file);
    return status;
}

// --- the command

static void offer_files(const struct lab_request *request) {
    lab_offer_about(request, "exercises", "the programs of all exercises");
    lab_offer_files(request, ".md");
}

static const struct lab_type files = {
    .usage = "FILE|LESSON ...",
    .is_rest = true,
    .offer = offer_files,
};

static int lessons(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    if (call->check + call->write + call->sheet > 1)
        return lab_shell_refuse(shell, "--check changes nothing, --write does "
                                       "and --sheet prints; choose one of "
                                       "them");
    if (call->count > 0 && !call->check && !call->write && !call->sheet)
        return lab_shell_refuse(shell,
                                "lessons takes --check, --write or --sheet, "
                                "perhaps with words after it, or nothing; "
                                "lesson %s shows one",
                                call->words[0]);
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    if (call->sheet)
        return print_sheets(call);
    if (!call->check && !call->write)
        return put_list(call);
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "a lesson cannot check lessons");
    return visit_all(call, call->check ? lab_lesson_check : rewrite);
}

LAB_COMMAND(lessons) = {
    .name = "lessons",
    .order = 750,
    .text = "list, check or rewrite the lessons",
    .help =
        "  lessons                     which there are\n"
        "  lessons --check             is every output in them what runs "
        "now?\n"
        "  lessons --check 3           in the lesson of that number?\n"
        "  lessons --write             make it so\n"
        "  lessons --sheet 3           its questions on a page, answers on "
        "another\n"
        "  lessons --check README.md   any Markdown file with such blocks\n"
        "  lessons --check exercises   grade every program of every exercise\n"
        "  lessons --check lessons/exercises/11_semaphore.md  of this one\n",
    .takes = {{&files, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_CHECK |
               LAB_OPTION_WRITE | LAB_OPTION_SHEET,
    .run = lessons,
};

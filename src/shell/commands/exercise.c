// exercise: a program to mend, graded whenever it is saved.

#include "base/die.h"
#include "guest/guest.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/grading.h"
#include "shell/mending.h"
#include "shell/option.h"
#include "view/line.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

// --- which there are

// Appends a line about the exercise of [lesson]; false if there is none.
static bool put_exercise(struct lab_call *call, struct lab_text *out,
                         const struct lab_demo_file *lesson) {
    const struct lab_style *style = &call->options.style;
    struct lab_exercise exercise;
    struct lab_text path = {0}, error = {0};
    lab_grading_path(call->shell, lesson, &path);
    bool has = access(lab_text_string(&path), F_OK) == 0;
    const char *name = lesson->name;
    if (has && lab_exercise_read(&exercise, lab_text_string(&path), &error)) {
        name = strchr(exercise.title, ' ');
        name = name ? name + 1 : exercise.title;
    } // or else what is wrong is said when it is begun
    if (has) {
        lab_text_printf(out, "%02d ", lesson->number);
        lab_line_beside(out, style, LAB_COLOR_NONE, 3, name);
        lab_exercise_free(&exercise);
    }
    lab_text_free(&path);
    lab_text_free(&error);
    return has;
}

static int put_list(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text text = {0};
    const struct lab_demo_file *lesson;
    int first = -1;
    if (!lab_shell_demos(shell, &text))
        return lab_shell_fail_text(shell, &text);
    for (size_t i = 0; (lesson = lab_shell_lesson(shell, i)); i++) {
        if (put_exercise(call, &text, lesson) && first < 0)
            first = lesson->number;
    }
    if (first < 0)
        return lab_shell_refuse(shell, "there are no exercises in %s/exercises",
                                shell->folders.lessons);
    lab_text_put(&text, "\n");
    lab_line_printf(&text, &call->options.style, LAB_COLOR_NONE, 0,
                    "exercise %d begins one in C, exercise %d python in "
                    "Python; assemble %d needs no writing. progress says which "
                    "are passed.",
                    first, first, first);
    lab_pages_put(shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

// --- one program, once

static int grade_file(struct lab_call *call, const char *path) {
    struct lab_grading grading;
    struct lab_text text = {0};
    int status = lab_grading_open(&grading, call, call->file);
    if (status != LAB_EXIT_OK)
        return status;
    status = lab_grading_run(&grading, path);
    lab_pages_show(call->shell); // what the program said of its failure
    lab_grading_put(&grading, &text);
    lab_shell_put(call->shell, &text);
    if (grading.is_graded)
        lab_mending_note(&grading, 0);
    lab_text_free(&text);
    lab_grading_close(&grading);
    return status;
}

// --- the command

// Was the exercise before this one in Python? A script always gets C.
static bool was_python(const struct lab_call *call) {
    struct lab_progress_all all;
    struct lab_text error = {0};
    if (!call->shell->interactive)
        return false;
    if (!lab_done_read(&all, &error))
        lab_text_free(&error); // what is noted next says what is wrong
    bool was = all.is_python;
    lab_progress_free(&all);
    return was;
}

static int exercise(struct lab_call *call) {
    const char *word = call->count > 1 ? call->words[1] : NULL;
    if (!call->file)
        return put_list(call);
    if (call->shell->in_lesson)
        return lab_shell_refuse(call->shell,
                                "a lesson cannot hold an exercise; "
                                "type it at the prompt");
    if (word && lab_guest_is(word))
        return grade_file(call, word);
    int status = lab_ask_check(call);
    if (status != LAB_EXIT_OK)
        return status;
    return lab_mending(call,
                       word ? lab_grading_is_python(word) : was_python(call));
}

// --- its words

static int read_rest(struct lab_call *call, char **words, int count) {
    if (count == 0 || (count == 1 && (lab_grading_is_python(words[0]) ||
                                      strcasecmp(words[0], "c") == 0 ||
                                      lab_guest_is(words[0]))))
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "exercise takes a lesson, and then c, python or a "
                            "program of yours, such as my.c; not \"%s\"",
                            words[count > 1]);
}

static void offer_rest(const struct lab_request *request) {
    static const struct lab_offered languages[] = {
        {"c", "in your editor, in C"}, {"python", "the same in Python"}, {0}};
    if (request->index > 0)
        return;
    lab_offer_all(request, languages);
    lab_offer_files(request, ".c");
    lab_offer_files(request, ".py");
}

static const struct lab_type rest = {
    .usage = "c|python|PROGRAM",
    .is_rest = true,
    .offer = offer_rest,
    .read = read_rest,
};

LAB_COMMAND(exercise) = {
    .name = "exercise",
    .order = 52,
    .text = "mend a program; it is graded under every schedule",
    .help =
        "  exercise                    which there are\n"
        "  exercise 11                 one in the language of the last one, "
        "first "
        "in C; graded when saved\n"
        "  exercise 11 python          the same in Python\n"
        "  exercise 11 my.py           grade a program once; status 0 or 1\n",
    .takes = {{&lab_type_exercise, .optional = true},
              {&rest, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTION_LIMIT |
               LAB_OPTIONS_STYLE,
    .run = exercise,
};

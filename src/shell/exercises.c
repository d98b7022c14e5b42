#include "shell/exercises.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "core/task.h"
#include "demo/param.h"
#include "guest/guest.h"
#include "lesson/folder.h"
#include "shell/freedom.h"
#include "shell/grading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    STACK = 256 * 1024,
    WORKERS = 4,    // at most
    NAME_MOST = 80, // bytes of a temporary name
    RUNS_FEW = 25,  // of a program in Python, where that is enough
};

bool lab_exercises_is(const char *path) {
    const char *slash = strrchr(path, '/');
    static const char folder[] = "exercises";
    size_t n = sizeof folder - 1;
    size_t before = slash ? (size_t)(slash - path) : 0;
    return before >= n && memcmp(slash - n, folder, n) == 0 &&
           (before == n || path[before - n - 1] == '/');
}

bool lab_exercises_path(struct lab_shell *shell, size_t index,
                        struct lab_text *path) {
    const struct lab_demo_file *lesson;
    for (size_t i = 0; (lesson = lab_shell_lesson(shell, i)); i++) {
        lab_text_clear(path);
        lab_grading_path(shell, lesson, path);
        if (access(lab_text_string(path), F_OK) == 0 && index-- == 0)
            return true;
    }
    return false;
}

// --- one program

struct checking {
    struct lab_call *call;
    const struct lab_exercise *exercise;
    char folder[NAME_MOST];
    size_t next;             // program to grade
    struct lab_text *errors; // of each program
    enum lab_exercises_depth depth;
    struct lab_exercises_notes *notes;
};

// Is it the phase that the grade has come to?
static bool is_phase(const char *named, int phase) {
    static const char *const names[LAB_GRADE_PHASES] = {
        [LAB_GRADE_SMALL] = "",
        [LAB_GRADE_LATE] = "late",
        [LAB_GRADE_CANCEL] = "cancel",
        [LAB_GRADE_CASES] = "seeds",
    };
    return strcmp(names[phase], named) == 0;
}

static void put_result(struct lab_text *error, const struct lab_grade *grade) {
    const struct lab_grade_claim *first = lab_graded_first(grade);
    lab_graded_put_sentence(error, grade);
    if (!first)
        return;
    lab_text_printf(
        error, " of the phase \"%s\", the simplest: %s %s",
        lab_grade_phases[grade->phase], first->values ? first->values : "",
        first->schedule && *first->schedule ? first->schedule : "fifo");
    if (grade->error)
        lab_text_printf(error, " (%s)", grade->error);
}

// Says what is not as [program] should be.
static void judge(const struct lab_grading *grading,
                  const struct lab_exercise_program *program,
                  struct lab_text *error) {
    const struct lab_grade *grade = &grading->grade;
    bool is_solution = program->kind == LAB_EXERCISE_SOLUTION;
    if (!grading->is_graded) {
        lab_text_printf(error, "this program does not run: %s",
                        lab_text_string(&grading->said));
    } else if (is_solution && grade->phase >= 0) {
        lab_text_put(error, "this solution does not pass: ");
        put_result(error, grade);
    } else if (is_solution && grade->timed_out) {
        lab_text_put(error, "this solution is not graded to its end: it ");
        put_result(error, grade);
    } else if (!is_solution && grade->phase < 0) {
        lab_text_put(error, "this program is wrong, and passes: it ");
        put_result(error, grade);
    } else if (!is_solution &&
               (!is_phase(program->under, grade->phase) ||
                !lab_exercise_names(program, grade->claims[grade->claim]))) {
        lab_text_printf(error, "this program breaks another claim than \"%s\"",
                        program->name);
        if (*program->under)
            lab_text_printf(error, " under %s", program->under);
        lab_text_put(error, " first: ");
        put_result(error, grade);
    }
}

// Is [program] what it is said to be, as far as a few runs tell?
static bool is_enough(const struct lab_grade *grade, const void *arg) {
    const struct lab_exercise_program *program = arg;
    size_t tried = 0;
    for (int i = 0; i < LAB_GRADE_PHASES; i++) {
        const struct lab_grade_result *result = &grade->phases[i];
        tried += result->tried;
        for (size_t j = 0; result->claims && j < grade->claim_count; j++)
            if (result->claims[j].broken &&
                lab_exercise_names(program, grade->claims[j]) &&
                is_phase(program->under, i))
                return true;
    }
    return program->kind == LAB_EXERCISE_SOLUTION && tried >= RUNS_FEW;
}

static bool put_program(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    bool fine = file && fputs(text, file) >= 0;
    return file && fclose(file) == 0 && fine;
}

static void check_program(struct checking *checking, size_t index) {
    const struct lab_exercise_program *program =
        &checking->exercise->programs[index];
    struct lab_grading grading;
    struct lab_text path = {0};
    struct lab_text *error = &checking->errors[index];
    if (lab_grading_open_file(&grading, checking->call,
                              checking->exercise->path) != LAB_EXIT_OK)
        return;
    lab_text_printf(&path, "%s/%zu.%s", checking->folder, index,
                    program->is_python ? "py" : "c");
    grading.keeps_quiet = true;
    if (checking->depth == LAB_EXERCISES_QUICK)
        grading.is_enough = is_enough;
    grading.arg = program;
    if (!put_program(lab_text_string(&path), program->text)) {
        lab_text_printf(error, "%s cannot be written", lab_text_string(&path));
    } else {
        int status = lab_grading_run(&grading, lab_text_string(&path));
        if (status == LAB_EXIT_INTERRUPTED &&
            !is_enough(&grading.grade, program))
            checking->notes->stopped = true;
        else
            judge(&grading, program, error);
    }
    unlink(lab_text_string(&path));
    lab_grading_close(&grading);
    lab_text_free(&path);
}

static int check_programs(void *arg) {
    struct checking *checking = arg;
    while (!checking->notes->stopped &&
           checking->next < checking->exercise->program_count) {
        size_t index = checking->next++;
        if (checking->exercise->programs[index].is_python &&
            !lab_guest_can_start("x.py"))
            checking->notes->skipped = true;
        else
            check_program(checking, index);
    }
    return 0;
}

// --- all of them

// As many at a time as there are cores.
static void check_all(struct checking *checking) {
    lab_task *workers[WORKERS];
    int cores = lab_cores_real();
    size_t count = cores < WORKERS ? (size_t)cores : WORKERS;
    for (size_t i = 0; i < count; i++)
        workers[i] = lab_spawn_deep("check", check_programs, checking, STACK);
    lab_ignore(lab_gather(workers, count));
}

static void put_errors(const struct checking *checking,
                       struct lab_text *error) {
    for (size_t i = 0; i < checking->exercise->program_count; i++) {
        struct lab_text *own = &checking->errors[i];
        if (own->length)
            lab_text_printf(error, "%s:%zu: %s\n", checking->exercise->path,
                            checking->exercise->programs[i].line,
                            lab_text_string(own));
        lab_text_free(own);
    }
}

static void grade(struct checking *checking, struct lab_text *error) {
    const char *folder = getenv("TMPDIR");
    snprintf(checking->folder, sizeof checking->folder, "%s/looplab-XXXXXX",
             folder && strlen(folder) < NAME_MOST / 2 ? folder : "/tmp");
    if (!mkdtemp(checking->folder)) {
        lab_text_printf(error, "%s cannot be made\n", checking->folder);
        return;
    }
    checking->errors =
        lab_alloc(checking->exercise->program_count * sizeof(struct lab_text));
    check_all(checking);
    put_errors(checking, error);
    lab_free(checking->errors);
    rmdir(checking->folder);
}

// --- what is to try

static struct lab_demo_file *lesson_of(struct lab_shell *shell,
                                       const char *path) {
    const char *slash = strrchr(path, '/');
    struct lab_demo_file *lesson;
    struct lab_text name = {0};
    size_t i = 0;
    for (; (lesson = lab_shell_lesson(shell, i)); i++) {
        lab_text_clear(&name);
        lab_text_printf(&name, "%02d_%s.md", lesson->number, lesson->name);
        if (strcmp(lab_text_string(&name), slash ? slash + 1 : path) == 0)
            break;
    }
    lab_text_free(&name);
    return lesson;
}

// Is there something to try with the demo of its lesson, and can it be reached?
// Where that demo is skipped, nobody can tell.
static void check_try(struct lab_call *call,
                      const struct lab_exercise *exercise,
                      struct lab_demo_file *lesson, struct lab_text *error) {
    struct lab_selection selection = {0};
    struct lab_freedom freedom = {0};
    struct lab_grade claims = {0};
    struct lab_text why = {0};
    if (!exercise->try_values || lesson->is_skipped ||
        lab_select_file(call->shell, lesson, &selection) != LAB_EXIT_OK)
        return;
    if (!lab_freedom_open(&freedom, &claims, exercise, &selection, error))
        lab_text_put(error, "\n");
    else if (!lab_freedom_check(call, &freedom, &selection, &claims, &why))
        lab_text_printf(error, "%s: %s: %s\n", exercise->path,
                        exercise->try_values, lab_text_string(&why));
    lab_text_free(&why);
    lab_freedom_free(&freedom);
    lab_grade_free(&claims);
}

// Does the lesson, where it says what to try, have `[word] N`?
static void check_named(const struct lab_text *lesson, const char *path,
                        const char *word, int number, struct lab_text *error) {
    struct lab_text command = {0};
    const char *part = strstr(lesson->data, "\n## Try\n");
    const char *next = part ? strstr(part + 1, "\n## ") : NULL;
    lab_text_printf(&command, "`%s %d`", word, number);
    const char *found = part ? strstr(part, lab_text_string(&command)) : NULL;
    if (!found || (next && found > next))
        lab_text_printf(error, "%s: its Try does not name %s\n", path,
                        lab_text_string(&command));
    lab_text_free(&command);
}

// Somebody who has read the lesson is led on to its exercise.
static void check_lesson(struct lab_shell *shell,
                         const struct lab_exercise *exercise,
                         const struct lab_demo_file *lesson,
                         struct lab_text *error) {
    struct lab_text path = {0}, text = {0};
    lab_folder_path(shell->folders.lessons, lesson, &path);
    if (lab_read_file(lab_text_string(&path), SIZE_MAX, &text) == 0) {
        check_named(&text, lab_text_string(&path), "exercise", lesson->number,
                    error);
        if (exercise->line_count)
            check_named(&text, lab_text_string(&path), "assemble",
                        lesson->number, error);
    }
    lab_text_free(&path);
    lab_text_free(&text);
}

// What stands in a hint as code is typed at the prompt of the exercise.
static void check_commands(const struct lab_exercise *exercise,
                           const char *hint, struct lab_text *error) {
    const char *at = hint;
    while ((at = strchr(at, '`'))) {
        struct lab_text word = {0};
        size_t n = strcspn(++at, "` ");
        lab_text_write(&word, at, n);
        if (!lab_command_find(lab_text_string(&word)))
            lab_text_printf(error, "%s: a hint has `%s`, which is no command\n",
                            exercise->path, lab_text_string(&word));
        lab_text_free(&word);
        at += strcspn(at, "`");
        at += *at == '`';
    }
}

// A hint that is for both languages is told of once.
static void check_hints(const struct lab_exercise *exercise,
                        struct lab_text *error) {
    for (size_t i = 0; i < LAB_EXERCISE_HINTS; i++) {
        const char *in_c = exercise->hints[false][i];
        const char *in_python = exercise->hints[true][i];
        check_commands(exercise, in_c, error);
        if (strcmp(in_c, in_python) != 0)
            check_commands(exercise, in_python, error);
    }
}

bool lab_exercises_check(struct lab_call *call, const char *path,
                         enum lab_exercises_depth depth,
                         struct lab_exercises_notes *notes,
                         struct lab_text *error) {
    struct lab_exercise exercise;
    struct checking checking = {
        .call = call, .exercise = &exercise, .depth = depth, .notes = notes};
    size_t before = error->length;
    bool is_whole = lab_exercise_read(&exercise, path, error) &&
                    lab_exercise_is_whole(&exercise, error);
    struct lab_demo_file *lesson =
        is_whole ? lesson_of(call->shell, exercise.path) : NULL;
    if (lesson) {
        check_try(call, &exercise, lesson, error);
        check_lesson(call->shell, &exercise, lesson, error);
    }
    if (is_whole)
        check_hints(&exercise, error);
    if (is_whole && depth != LAB_EXERCISES_READ)
        grade(&checking, error);
    if (notes->stopped)
        lab_text_printf(error, "%s: stopped\n", path);
    lab_exercise_free(&exercise);
    return error->length == before;
}

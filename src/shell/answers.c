#include "shell/answers.h"

#include "base/die.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "view/line.h"

#include <string.h>

// --- what is typed

void lab_answers_say(const struct lab_answers *answers, enum lab_color color,
                     const char *sentence) {
    struct lab_text text = {0};
    lab_line_wrap(&text, &answers->call->options.style, color, 0, sentence);
    lab_shell_put(answers->call->shell, &text);
    lab_text_free(&text);
}

static void put_question(struct lab_answers *answers) {
    struct lab_text text = {0};
    lab_text_put(&text, "\n");
    lab_quiz_put_question(&text, &answers->call->options.style,
                          &answers->subject->quiz, answers->at);
    lab_shell_put(answers->call->shell, &text);
    lab_text_free(&text);
}

static void put_right(struct lab_answers *answers) {
    struct lab_text text = {0};
    lab_text_put(&text, "Yes: ");
    lab_quiz_put_right(&text, &answers->subject->quiz.questions[answers->at]);
    lab_text_put(&text, ".");
    lab_answers_say(answers, LAB_COLOR_GOOD, lab_text_string(&text));
    lab_text_free(&text);
}

// A slip of the keys is not a misconception, so it says what was understood.
static void put_verdict(struct lab_text *out,
                        const struct lab_quiz_question *question,
                        enum lab_quiz_grade grade,
                        const struct lab_quiz_answer *answer) {
    if (grade == LAB_QUIZ_HALF) {
        lab_text_put(out, "Possible, but not promised: another order of the "
                          "tasks gives it. First in, first out does not.");
        return;
    }
    struct lab_text said = {0};
    lab_quiz_put_said(&said, question, answer);
    lab_text_put(out, grade == LAB_QUIZ_NEAR ? "Near." : "Not quite.");
    if (said.length)
        lab_text_printf(out, " You said: %s.", lab_text_string(&said));
    lab_text_free(&said);
}

static void put_miss(struct lab_answers *answers, enum lab_quiz_grade grade,
                     const struct lab_quiz_answer *answer) {
    const struct lab_quiz *quiz = &answers->subject->quiz;
    const struct lab_style *style = &answers->call->options.style;
    struct lab_text verdict = {0}, text = {0};
    put_verdict(&verdict, &quiz->questions[answers->at], grade, answer);
    lab_line_wrap(&text, style, LAB_COLOR_BAD, 0, lab_text_string(&verdict));
    lab_quiz_put_miss(&text, style, quiz, answers->at, answer);
    lab_shell_put(answers->call->shell, &text);
    lab_text_free(&verdict);
    lab_text_free(&text);
}

static enum lab_answer mark_of(enum lab_quiz_grade grade) {
    return grade == LAB_QUIZ_RIGHT     ? LAB_ANSWER_RIGHT
           : grade == LAB_QUIZ_HALF    ? LAB_ANSWER_HALF
           : grade == LAB_QUIZ_UNCLEAR ? LAB_ANSWER_OPEN
                                       : LAB_ANSWER_MISSED;
}

// Begins [typed] with the name of a command?
static bool is_command(const char *typed) {
    size_t n = strcspn(typed, " ");
    struct lab_text name = {0};
    lab_text_write(&name, typed, n);
    bool is = n > 1 && lab_command_find(lab_text_string(&name));
    lab_text_free(&name);
    return is;
}

static void put_unclear(const struct lab_answers *answers, const char *typed,
                        const struct lab_text *error) {
    struct lab_text text = {0};
    if (is_command(typed))
        lab_text_printf(&text, "q leaves these questions; then type %s.",
                        typed);
    else
        lab_text_put(&text, lab_text_string(error));
    lab_answers_say(answers, LAB_COLOR_BAD, lab_text_string(&text));
    lab_text_free(&text);
}

// Returns false if it was no answer.
static bool answer(struct lab_answers *answers, const char *typed) {
    struct lab_text error = {0};
    struct lab_quiz_answer given;
    const struct lab_quiz_question *question =
        &answers->subject->quiz.questions[answers->at];
    enum lab_quiz_grade grade = lab_quiz_grade(question, typed, &given, &error);
    if (grade == LAB_QUIZ_WRONG &&
        lab_subject_is_possible(answers->subject, question, &given))
        grade = LAB_QUIZ_HALF;
    if (grade == LAB_QUIZ_UNCLEAR)
        put_unclear(answers, typed, &error);
    else if (grade == LAB_QUIZ_RIGHT)
        put_right(answers);
    else
        put_miss(answers, grade, &given);
    lab_text_free(&error);
    answers->marks[answers->at] = mark_of(grade);
    return grade != LAB_QUIZ_UNCLEAR;
}

static void help(struct lab_answers *answers) {
    struct lab_text text = {0};
    lab_quiz_put_how(&text, &answers->subject->quiz.questions[answers->at]);
    lab_text_put(&text, " s skips the question, b goes back to the one before, "
                        "q leaves.");
    lab_answers_say(answers, LAB_COLOR_NONE, lab_text_string(&text));
    lab_text_free(&text);
}

static void go_back(struct lab_answers *answers) {
    if (answers->at == 0 && answers->subject->quiz.before > 0) {
        answers->over = answers->wants_back = true;
        return;
    }
    if (answers->at == 0) {
        lab_answers_say(answers, LAB_COLOR_NONE, "This is the first question.");
        return;
    }
    answers->marks[--answers->at] = LAB_ANSWER_OPEN;
    put_question(answers);
}

static void skip(struct lab_answers *answers) {
    answers->marks[answers->at++] = LAB_ANSWER_SKIPPED;
    if (answers->at < answers->subject->quiz.count)
        put_question(answers);
}

// Removes spaces at both ends.
static const char *trim(struct lab_text *line) {
    lab_text_trim(line);
    const char *typed = lab_text_string(line);
    return typed + strspn(typed, " \t");
}

static void take(struct lab_answers *answers, const char *typed) {
    if (strcmp(typed, "q") == 0)
        answers->over = true;
    else if (strcmp(typed, "b") == 0)
        go_back(answers);
    else if (strcmp(typed, "s") == 0 || (!*typed && answers->enter_skips))
        skip(answers);
    else if (!*typed || strcmp(typed, "?") == 0)
        help(answers);
    else if (answer(answers, typed) &&
             ++answers->at < answers->subject->quiz.count)
        put_question(answers);
}

// What is left is shown, for those who read.
static void put_rest(struct lab_answers *answers) {
    while (++answers->at < answers->subject->quiz.count)
        put_question(answers);
    lab_shell_printf(answers->call->shell, "\n");
    lab_answers_say(
        answers, LAB_COLOR_NONE,
        "Nobody answers here: there is nothing more to read. At the prompt, or "
        "with an answer a line in a pipe, predict says what is right.");
}

int lab_answers_ask(struct lab_answers *answers) {
    struct lab_shell *shell = answers->call->shell;
    const struct lab_quiz *quiz = &answers->subject->quiz;
    struct lab_text line = {0};
    int rc = 0;
    put_question(answers);
    while (!answers->over && answers->at < quiz->count &&
           (rc = lab_ask(answers->call, "> ", &line)) >= 0)
        take(answers, trim(&line));
    answers->over |= rc < 0;
    if (rc == LAB_EOF && !shell->on_terminal)
        put_rest(answers);
    lab_text_free(&line);
    return rc == LAB_ECANCELED ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

// --- how they were answered

size_t lab_answers_count(const struct lab_answers *answers,
                         enum lab_answer mark) {
    size_t n = 0;
    for (size_t i = 0; i < answers->subject->quiz.count; i++)
        n += answers->marks[i] == mark;
    return n;
}

// Appends " missed=state,peak".
static void put_kinds(struct lab_text *out, const struct lab_answers *answers,
                      const char *name, enum lab_answer mark) {
    const struct lab_quiz *quiz = &answers->subject->quiz;
    for (size_t i = 0; i < quiz->count; i++) {
        if (answers->marks[i] != mark)
            continue;
        lab_text_printf(out, "%s%s", name,
                        lab_quiz_kind_name(quiz->questions[i].kind));
        name = ",";
    }
}

void lab_answers_note(const struct lab_answers *answers, const char *what) {
    const struct lab_target *target = &answers->call->target;
    const struct lab_quiz *quiz = &answers->subject->quiz;
    struct lab_text words = {0};
    if (target->kind != LAB_TARGET_DEMO || target->selection.guest ||
        lab_answers_count(answers, LAB_ANSWER_OPEN) == quiz->count)
        return;
    lab_subject_put_figures(answers->subject, &words);
    lab_text_printf(&words, " %zu/%zu",
                    lab_answers_count(answers, LAB_ANSWER_RIGHT), quiz->count);
    put_kinds(&words, answers, " right=", LAB_ANSWER_RIGHT);
    put_kinds(&words, answers, " half=", LAB_ANSWER_HALF);
    put_kinds(&words, answers, " missed=", LAB_ANSWER_MISSED);
    put_kinds(&words, answers, " skipped=", LAB_ANSWER_SKIPPED);
    lab_done_add(answers->call->shell, what, target->selection.file->number,
                 "%s", lab_text_string(&words));
    lab_text_free(&words);
}

void lab_answers_put_tally(const struct lab_answers *answers) {
    size_t right = lab_answers_count(answers, LAB_ANSWER_RIGHT),
           missed = lab_answers_count(answers, LAB_ANSWER_MISSED),
           skipped = lab_answers_count(answers, LAB_ANSWER_SKIPPED);
    struct lab_text line = {0};
    if (right + missed == 0)
        return;
    lab_text_printf(&line, "%zu of %zu right", right, right + missed);
    if (skipped > 0)
        lab_text_printf(&line, ", %zu skipped", skipped);
    lab_text_put(&line, ".");
    if (missed > 0)
        lab_text_put(&line, " review asks later what was missed, with other "
                            "figures.");
    lab_shell_printf(answers->call->shell, "\n");
    lab_answers_say(answers, LAB_COLOR_NONE, lab_text_string(&line));
    lab_text_free(&line);
}

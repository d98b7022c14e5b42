#include "shell/questions.h"

#include "base/die.h"
#include "lesson/blocks.h"
#include "shell/look.h"
#include "view/line.h"

#include <unistd.h>

// --- wishes

struct wishes {
    struct lab_quiz_wish all[LAB_QUIZ_MOST];
    size_t numbers[LAB_QUIZ_MOST]; // of their lines
    size_t count;
    const char *change; // of one of them, or NULL
};

static void wishes_free(struct wishes *wishes) {
    for (size_t i = 0; i < wishes->count; i++)
        lab_quiz_wish_free(&wishes->all[i]);
}

static bool take_change(struct wishes *wishes, const struct lab_quiz_wish *wish,
                        struct lab_text *error) {
    if (wish->change.length && wishes->change)
        lab_text_put(error, "a block asks what_if once");
    else if (wish->change.length)
        wishes->change = lab_text_string(&wish->change);
    return error->length == 0;
}

// False with the number of the line in [line] and a sentence in [error].
static bool read_wishes(struct wishes *wishes, const struct lab_markdown *doc,
                        const struct lab_fence *fence, size_t *line,
                        struct lab_text *error) {
    struct lab_stretch at;
    bool fine = true;
    for (size_t i = 0; fine && lab_blocks_line(doc, fence, i, &at, line); i++) {
        if (i == LAB_QUIZ_MOST) {
            lab_text_printf(error, "a block asks %d questions at most",
                            LAB_QUIZ_MOST);
            return false;
        }
        struct lab_quiz_wish *wish = &wishes->all[wishes->count];
        wishes->numbers[wishes->count++] = *line;
        fine = lab_quiz_wish_read(wish, doc->text + at.from, at.to - at.from,
                                  error) &&
               take_change(wishes, wish, error);
    }
    if (fine && wishes->count == 0)
        lab_text_put(error, "this block asks nothing");
    return error->length == 0;
}

// --- whom they are about

void lab_questions_word(const struct lab_shell *shell,
                        const struct lab_demo_file *file,
                        struct lab_text *word) {
    struct lab_text path = {0};
    if (file->path) {
        lab_text_printf(word, "%d", file->number);
        return;
    }
    lab_text_printf(&path, "%s/%02d_%s.py", shell->folders.lessons,
                    file->number, file->name);
    lab_text_printf(word, "%02d_%s.%s", file->number, file->name,
                    access(lab_text_string(&path), R_OK) == 0 ? "py" : "c");
    lab_text_free(&path);
}

static int aim(struct lab_questions *questions, struct lab_call *outer,
               const struct lab_demo_file *file, struct lab_text *word) {
    questions->call = (struct lab_call){
        .shell = outer->shell,
        .command = lab_command_find("predict"),
        .number = 1,
        .options = outer->options,
    };
    lab_questions_word(outer->shell, file, word);
    char *words[] = {word->data};
    return lab_type_shown.read(&questions->call, words, 1);
}

static int ask(struct lab_questions *questions, const struct wishes *wishes) {
    struct lab_subject *subject = &questions->subject;
    struct lab_text error = {0};
    int status =
        lab_subject_open_plain(subject, &questions->call, wishes->change);
    for (size_t i = 0; status == LAB_EXIT_OK && i < wishes->count; i++) {
        questions->line = wishes->numbers[i];
        if (!lab_quiz_ask(&subject->quiz, &wishes->all[i], &error))
            status = lab_shell_refuse_text(questions->call.shell, &error);
    }
    return status;
}

int lab_questions_open(struct lab_questions *questions, struct lab_call *outer,
                       struct lab_demo_file *file,
                       const struct lab_markdown *doc,
                       const struct lab_fence *fence) {
    struct wishes wishes = {0};
    struct lab_text error = {0};
    *questions = (struct lab_questions){.line = fence->line};
    lab_look_take_last(outer->shell, &questions->last);
    int status = aim(questions, outer, file, &questions->word);
    if (status == LAB_EXIT_OK &&
        !read_wishes(&wishes, doc, fence, &questions->line, &error))
        status = lab_shell_refuse_text(outer->shell, &error);
    else if (status == LAB_EXIT_OK)
        status = ask(questions, &wishes);
    wishes_free(&wishes);
    return status;
}

void lab_questions_close(struct lab_questions *questions) {
    if (questions->subject.call)
        lab_subject_close(&questions->subject);
    lab_look_replace_last(questions->call.shell, &questions->last);
    lab_text_free(&questions->word);
}

// --- as text

void lab_questions_put(struct lab_text *out, const struct lab_style *style,
                       const struct lab_quiz *quiz) {
    for (size_t i = 0; i < quiz->count; i++) {
        lab_text_put(out, i ? "\n" : "");
        lab_quiz_put_question(out, style, quiz, i);
    }
}

void lab_questions_put_right(struct lab_text *out,
                             const struct lab_style *style,
                             const struct lab_quiz *quiz) {
    for (size_t i = 0; i < quiz->count; i++) {
        struct lab_text right = {0};
        lab_quiz_put_right(&right, &quiz->questions[i]);
        lab_line_printf(out, style, LAB_COLOR_NONE, 3, "%zu. %s %s", i + 1,
                        quiz->questions[i].text, lab_text_string(&right));
        lab_text_free(&right);
    }
}

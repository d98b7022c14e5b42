#include "shell/sheet.h"

#include "base/die.h"
#include "base/read.h"
#include "lesson/blocks.h"
#include "lesson/folder.h"
#include "shell/deck.h"
#include "shell/questions.h"
#include "view/line.h"

// Both pages, which grow together.
struct sheet {
    struct lab_call *call;
    struct lab_text questions, answers;
    size_t count;
};

static void put_title(struct lab_text *out, const struct lab_style *style,
                      const struct lab_demo_file *file, const char *what) {
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%02d %s: %s", file->number,
                    file->name, what);
    lab_text_put(out, "\n");
}

// Each option with its letter before it: "(a) 1.000 s".
static void put_option(struct lab_text *out,
                       const struct lab_deck_question *question, size_t i) {
    lab_text_printf(out, "(%c) %s", 'a' + (int)i,
                    lab_text_string(&question->options[i]));
}

// Of an order, all options; else the one that is right, which may be one that
// only a class has: that both are equal.
static void put_right(struct lab_text *out,
                      const struct lab_deck_question *question,
                      const struct lab_quiz_question *asked) {
    struct lab_quiz_question lettered = *asked;
    struct lab_text names[LAB_QUIZ_OPTIONS] = {0};
    bool is_one = !question->is_first || question->count > asked->count;
    if (is_one && question->best < question->count) {
        put_option(out, question, question->best);
        return;
    }
    for (size_t i = 0; i < asked->count; i++) {
        put_option(&names[i], question, i);
        lettered.options[i].text = names[i].data;
    }
    lettered.has_letters = true;
    lab_quiz_put_right(out, &lettered);
    for (size_t i = 0; i < asked->count; i++)
        lab_text_free(&names[i]);
}

// The right answer, and why each wrong one that was offered is wrong.
static void put_answer(struct lab_text *out, const struct lab_style *style,
                       const struct lab_deck_question *question,
                       const struct lab_quiz_question *asked, size_t number) {
    struct lab_text right = {0}, wrong = {0};
    put_right(&right, question, asked);
    lab_line_printf(out, style, LAB_COLOR_NONE, 0, "%zu. %s", number,
                    asked->text);
    lab_line_printf(out, style, LAB_COLOR_GOOD, 3, "Right: %s",
                    lab_text_string(&right));
    for (size_t i = 0; i < asked->count; i++) {
        if (!asked->options[i].mistake)
            continue;
        lab_text_clear(&wrong);
        put_option(&wrong, question, i);
        lab_line_printf(out, style, LAB_COLOR_NONE, 3, "%s: %s",
                        lab_text_string(&wrong), asked->options[i].mistake);
    }
    lab_text_put(out, "\n");
    lab_text_free(&right);
    lab_text_free(&wrong);
}

static void put_question(struct lab_text *out, const struct lab_style *style,
                         const struct lab_deck_question *question,
                         const struct lab_quiz_question *asked, size_t number) {
    struct lab_text how = {0}, option = {0};
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%zu. %s", number,
                    asked->text);
    for (size_t i = 0; i < question->count; i++) {
        put_option(&option, question, i);
        lab_line_end(out, style, LAB_COLOR_NONE, 2, &option);
    }
    lab_quiz_put_how_lettered(&how, asked);
    lab_line_end(out, style, LAB_COLOR_DIM, 2, &how);
    lab_text_put(out, "\n  ______________________________\n\n");
}

// As a class is asked it: who looks up from the paper finds the same letters.
static void put(struct sheet *sheet, const struct lab_quiz_question *asked) {
    const struct lab_style *style = &sheet->call->options.style;
    struct lab_deck_question question;
    lab_deck_question_init(&question, asked);
    sheet->count++;
    put_question(&sheet->questions, style, &question, asked, sheet->count);
    put_answer(&sheet->answers, style, &question, asked, sheet->count);
    lab_deck_question_term(&question);
}

static int add(struct sheet *sheet, struct lab_demo_file *file,
               const struct lab_markdown *doc, const struct lab_fence *fence) {
    struct lab_questions questions;
    int status = lab_questions_open(&questions, sheet->call, file, doc, fence);
    const struct lab_quiz *quiz = &questions.subject.quiz;
    for (size_t i = 0; status == LAB_EXIT_OK && i < quiz->count; i++)
        put(sheet, &quiz->questions[i]);
    lab_questions_close(&questions);
    return status;
}

static int add_all(struct sheet *sheet, struct lab_demo_file *file,
                   const struct lab_markdown *doc) {
    struct lab_parts parts;
    struct lab_item item;
    int status = LAB_EXIT_OK;
    lab_parts_split(&parts, doc);
    for (size_t part = 0; part < parts.count; part++)
        for (size_t i = 0; lab_parts_item(&parts, part, i, &item); i++)
            if (item.asks && status == LAB_EXIT_OK)
                status = add(sheet, file, doc, item.asks);
    lab_parts_free(&parts);
    return status;
}

int lab_sheet_print(struct lab_call *call, struct lab_demo_file *file) {
    struct sheet sheet = {.call = call};
    struct lab_shell *shell = call->shell;
    const struct lab_style *style = &call->options.style;
    struct lab_text path = {0}, text = {0}, error = {0};
    struct lab_markdown doc;
    lab_folder_path(shell->folders.lessons, file, &path);
    bool fine = lab_read_or_say(lab_text_string(&path), &text, &error);
    lab_text_free(&path);
    if (!fine)
        return lab_shell_fail_text(shell, &error);
    put_title(&sheet.questions, style, file, "what do you expect?");
    put_title(&sheet.answers, style, file, "the answers");
    lab_markdown_split(&doc, lab_text_string(&text), text.length);
    int status = add_all(&sheet, file, &doc);
    if (status == LAB_EXIT_OK && sheet.count == 0)
        lab_call_say(call, "%02d %s asks nothing.", file->number, file->name);
    else if (status == LAB_EXIT_OK)
        lab_pages_printf(shell, shell->on_terminal ? "%s\n%s" : "%s\f%s\f",
                         lab_text_string(&sheet.questions),
                         lab_text_string(&sheet.answers));
    lab_markdown_free(&doc);
    lab_text_free(&text);
    lab_text_free(&sheet.questions);
    lab_text_free(&sheet.answers);
    return status;
}

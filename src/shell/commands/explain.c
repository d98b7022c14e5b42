#include "base/die.h"
#include "base/nearest.h"
#include "lesson/render.h"
#include "shell/codes.h"
#include "shell/glossary.h"
#include "shell/option.h"
#include "view/line.h"
#include "view/rows.h"

#include <string.h>

// Appends the page of [code]; its first line is its name.
static void put_page(struct lab_text *out, const struct lab_style *style,
                     const struct lab_code *code) {
    struct lab_markdown page;
    size_t length = (size_t)(code->end - code->page);
    const char *line = memchr(code->page, '\n', length);
    size_t from = line ? (size_t)(line + 1 - code->page) : length;
    if (code->code)
        lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s (%d): %s",
                        code->name, code->code, code->text);
    else
        lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%s: %s", code->name,
                        code->text);
    lab_text_put(out, "\n");
    lab_markdown_split(&page, code->page, length);
    lab_render_put(out, style, &page, from, length);
    lab_markdown_free(&page);
}

// Appends a row for each code that mentions [words]; for all, if NULL.
static void put_rows(struct lab_text *out, const struct lab_style *style,
                     const char *words) {
    struct lab_rows rows = {.indent = 2};
    const struct lab_code *code;
    for (size_t i = 0; (code = lab_code_at(i)); i++)
        if (!words || lab_code_mentions(code, words))
            lab_rows_add(&rows, code->name, code->text);
    lab_rows_put(&rows, out, style);
}

// The only code that mentions [words]; NULL if none or several do.
static const struct lab_code *only(const char *words, size_t *count) {
    const struct lab_code *code, *found = NULL;
    *count = 0;
    for (size_t i = 0; (code = lab_code_at(i)); i++)
        if (lab_code_mentions(code, words) && ++*count)
            found = code;
    return *count == 1 ? found : NULL;
}

static int refuse(struct lab_call *call, const char *words) {
    if (lab_command_find(words))
        return lab_shell_refuse(call->shell,
                                "no code is called \"%s\"; help %s explains "
                                "the command",
                                words, words);
    const char *best = NULL;
    const struct lab_code *code;
    for (size_t i = 0; (code = lab_code_at(i)); i++)
        lab_nearest(words, code->name, &best);
    if (best)
        return lab_shell_refuse(call->shell,
                                "no code is called \"%s\"; did you mean "
                                "\"explain %s\"?",
                                words, best);
    return lab_shell_refuse(call->shell,
                            "no code is called \"%s\", and no page mentions "
                            "it; explain lists them",
                            words);
}

// Appends what [words] are in looplab or in asyncio, if anything.
static void put_word(struct lab_text *out, struct lab_call *call,
                     const char *words) {
    const struct lab_style *style = &call->options.style;
    const struct lab_word *word = lab_word_find(words);
    const struct lab_term *term = word ? NULL : lab_term_find(words);
    if (word)
        lab_word_put(out, call->shell, style, word);
    if (term)
        lab_term_put(out, call->shell, style, term);
}

// A code is explained alone, a word with the codes that have to do with it.
static int show(struct lab_call *call, const char *words) {
    const struct lab_style *style = &call->options.style;
    const struct lab_code *code = lab_code_find(words);
    struct lab_text text = {0};
    size_t count = 1;
    if (!code) {
        put_word(&text, call, words);
        code = only(words, &count);
    }
    if (text.length == 0 && count == 0)
        return refuse(call, words);
    lab_text_put(&text, text.length > 0 && count > 0 ? "\n" : "");
    if (code) {
        put_page(&text, style, code);
    } else if (count > 0) {
        lab_line_printf(&text, style, LAB_COLOR_NONE, 0,
                        "These codes have to do with \"%s\":", words);
        put_rows(&text, style, words);
    }
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

static int show_all(struct lab_call *call) {
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0};
    lab_line_wrap(&text, style, LAB_COLOR_NONE, 0,
                  "Warnings and errors; explain CODE says what one means, and "
                  "what to do about it, and help words lists words:");
    put_rows(&text, style, NULL);
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return LAB_EXIT_OK;
}

// Shows the pages of all the words, if each is a code.
static bool show_each(struct lab_call *call) {
    struct lab_text text = {0};
    for (int i = 0; i < call->count; i++)
        if (!lab_code_find(call->words[i]))
            return false;
    for (int i = 0; i < call->count; i++) {
        lab_text_put(&text, i ? "\n" : "");
        put_page(&text, &call->options.style, lab_code_find(call->words[i]));
    }
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    return true;
}

static int explain(struct lab_call *call) {
    struct lab_text words = {0};
    if (call->count > 1 && show_each(call))
        return LAB_EXIT_OK;
    for (int i = 0; i < call->count; i++)
        lab_text_printf(&words, i ? " %s" : "%s", call->words[i]);
    int status =
        call->count ? show(call, lab_text_string(&words)) : show_all(call);
    lab_text_free(&words);
    return status;
}

static void offer(const struct lab_request *request) {
    const struct lab_code *code;
    for (size_t i = 0; request->index == 0 && (code = lab_code_at(i)); i++)
        lab_offer_about(request, code->name, code->text);
    if (request->index == 0)
        lab_offer_words(request);
}

static const struct lab_type code_or_words = {
    .usage = "CODE | WORD ...",
    .is_rest = true,
    .offer = offer,
};

LAB_COMMAND(code) = {
    .name = "explain",
    .order = 885,
    .text = "say what a warning, an error or a word means",
    .help = "  explain                     every code, with a few words\n"
            "  explain W01                 one of them, with code to compare\n"
            "  explain W01 W02             one after the other\n"
            "  explain LAB_ETIMEDOUT       likewise\n"
            "  explain timed out           the same, by its words\n"
            "  explain TimeoutError        by its name in Python\n"
            "  explain gap                 a word of a view or a lesson\n",
    .takes = {{&code_or_words, .optional = true}},
    .options = LAB_OPTION_COLOR | LAB_OPTION_WIDTH | LAB_OPTION_PLAIN,
    .run = explain,
};

#include "base/die.h"
#include "base/read.h"
#include "core/symbol.h"
#include "demo/param.h"
#include "demo/result.h"
#include "guest/guest.h"
#include "lesson/quote.h"
#include "lesson/render.h"
#include "shell/command.h"
#include "shell/option.h"
#include "shell/pages.h"
#include "shell/program.h"
#include "shell/show.h"
#include "shell/show_guest.h"

#include <string.h>

// The text of a program, and how its functions are found.
struct program {
    struct lab_text text;
    lab_quote_fn *next;
};

// Prints the [n] bytes at [text]. A narrow terminal would break lines anywhere;
// there they are broken as those of lessons are.
static void put_code(struct lab_call *call, const char *text, size_t n) {
    enum { CODE_HAS = 80 };
    const struct lab_style *style = &call->options.style;
    struct lab_text out = {0}, line = {0};
    if (!call->shell->on_terminal || style->width >= CODE_HAS) {
        lab_shell_put_file(call->shell, text, n);
        return;
    }
    for (const char *end = text + n; text < end; text++) {
        lab_text_clear(&line);
        for (; text < end && *text != '\n'; text++)
            lab_text_write(&line, *text == '\t' ? "    " : text,
                           *text == '\t' ? 4 : 1);
        lab_render_code(&out, style, LAB_COLOR_NONE, 0, lab_text_string(&line));
    }
    lab_pages_put(call->shell, &out);
    lab_text_free(&out);
    lab_text_free(&line);
}

static int put_function(struct lab_call *call, const struct program *program,
                        const char *name) {
    const char *text = lab_text_string(&program->text);
    struct lab_quote quote = {0};
    struct lab_text error = {0};
    if (lab_quote_find(program->next, text, name, strlen(name), &quote)) {
        struct lab_text part = {0};
        lab_text_write(&part, quote.start, (size_t)(quote.end - quote.start));
        lab_text_put(&part, "\n");
        put_code(call, part.data, part.length);
        lab_text_free(&part);
        return LAB_EXIT_OK;
    }
    struct lab_text near = {0};
    lab_quote_nearest(program->next, text, name, strlen(name), &near);
    lab_text_printf(&error, "no function \"%s\" in %s%s", name,
                    call->file ? "demo " : "", call->words[0]);
    if (near.length)
        lab_text_printf(&error, "; did you mean \"%s\"?",
                        lab_text_string(&near));
    else
        lab_text_printf(&error, "; source %s shows the whole file",
                        call->words[0]);
    lab_text_free(&near);
    return lab_shell_refuse_text(call->shell, &error);
}

// The function of the variant called [name]: several may share one. [name]
// itself if there is no such variant.
static const char *function_of(struct lab_demo_file *file, const char *name,
                               char *buffer, size_t size) {
    struct lab_text error = {0};
    bool loaded = lab_demos_load(file, &error);
    lab_text_free(&error);
    buffer[0] = '\0';
    for (size_t i = 0; loaded && i < lab_variant_count(file->demo); i++) {
        const struct lab_variant *variant = &file->demo->variants[i];
        uintptr_t body =
            variant->with ? (uintptr_t)variant->with : (uintptr_t)variant->body;
        if (strcmp(variant->name, name) == 0)
            lab_symbol_name((const void *)body, buffer, size);
    }
    return buffer[0] ? buffer : name;
}

static void offer_functions(const struct lab_request *request) {
    lab_offer_variants(request, request->words[-1]);
}

static const struct lab_type function = {
    .usage = "VARIANT|FUNCTION",
    .offer = offer_functions,
};

// --- where the text is

static bool ends_in(const char *word, const char *ending) {
    size_t n = strlen(word), length = strlen(ending);
    return n > length && strcmp(word + n - length, ending) == 0;
}

static int read_program(struct lab_call *call, char **words, int count) {
    if (lab_show_is_file(words[0]))
        return LAB_EXIT_OK;
    if (lab_guest_is(words[0]))
        return lab_program_check(call, words[0]);
    int status = lab_program_check_other(call, words[0]);
    return status == LAB_EXIT_OK ? lab_type_demo.read(call, words, count)
                                 : status;
}

static void offer_program(const struct lab_request *request) {
    lab_type_demo.offer(request);
    lab_offer_files(request, ".py");
    lab_offer_files(request, ".jsonl");
}

static const struct lab_type readable = {
    .usage = "DEMO|FILE",
    .noun = "a demo, which list shows, or a file",
    .offer = offer_program,
    .read = read_program,
};

// The text that stands in a record.
static int read_record(struct lab_call *call, struct program *program) {
    const char *path = call->words[0];
    struct lab_recording recording;
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    if (!lab_result_read(&recording, path, &error)) {
        status = lab_shell_fail_text(call->shell, &error);
    } else if (!recording.all[0]->code) {
        status = lab_shell_refuse(call->shell,
                                  "%s does not hold the text of a program; "
                                  "source 3 shows a demo's",
                                  path);
    } else {
        const char *language = recording.all[0]->language;
        bool python = language && strncmp(language, "python", 6) == 0;
        lab_text_put(&program->text, recording.all[0]->code);
        program->next = python ? lab_quote_next_python : lab_quote_next;
    }
    lab_recording_free(&recording);
    return status;
}

static int read_text(struct lab_call *call, struct program *program) {
    struct lab_text error = {0};
    const char *word = call->words[0];
    if (!call->file && ends_in(word, ".jsonl"))
        return read_record(call, program);
    if (ends_in(word, ".py"))
        program->next = lab_quote_next_python;
    struct lab_text path = {0};
    if (call->file)
        lab_text_put(&path, lab_demos_source(call->file));
    else
        lab_show_guest_find(call, word, &path);
    bool fine = lab_read_or_say(lab_text_string(&path), &program->text, &error);
    lab_text_free(&path);
    return fine ? LAB_EXIT_OK : lab_shell_fail_text(call->shell, &error);
}

static int source(struct lab_call *call) {
    struct program program = {.next = lab_quote_next};
    char body[128];
    int status = read_text(call, &program);
    if (status == LAB_EXIT_OK && call->count == 2)
        status =
            put_function(call, &program,
                         call->file ? function_of(call->file, call->words[1],
                                                  body, sizeof body)
                                    : call->words[1]);
    else if (status == LAB_EXIT_OK)
        put_code(call, lab_text_string(&program.text), program.text.length);
    lab_text_free(&program.text);
    return status;
}

LAB_COMMAND(source) = {
    .name = "source",
    .order = 730,
    .text = "show the text of a demo or of your program, or a part",
    .help = "  source 3                    the whole file\n"
            "  source 3 together           one variant, or function\n"
            "  source my.py main           a function of your own program\n",
    .takes = {{&readable}, {&function, .optional = true}},
    .options = LAB_OPTIONS_WHICH,
    .run = source,
};

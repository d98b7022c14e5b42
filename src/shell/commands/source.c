#include "base/die.h"
#include "base/read.h"
#include "core/symbol.h"
#include "demo/param.h"
#include "lesson/quote.h"
#include "shell/command.h"
#include "shell/option.h"

#include <string.h>

static int put_function(struct lab_call *call, const char *source,
                        const char *name) {
    struct lab_quote quote = {0};
    struct lab_text error = {0};
    if (lab_quote_find(source, name, strlen(name), &quote)) {
        struct lab_text text = {0};
        lab_text_write(&text, quote.start, (size_t)(quote.end - quote.start));
        lab_text_put(&text, "\n");
        lab_shell_put_file(call->shell, text.data, text.length);
        lab_text_free(&text);
        return LAB_EXIT_OK;
    }
    struct lab_text near = {0};
    lab_quote_nearest(source, name, strlen(name), &near);
    lab_text_printf(&error, "no function \"%s\" in demo %s", name,
                    call->words[0]);
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

static int source(struct lab_call *call) {
    struct lab_text text = {0}, error = {0};
    int status = LAB_EXIT_OK;
    char body[128];
    if (!lab_read_or_say(lab_demos_source(call->file), &text, &error))
        status = lab_shell_fail_text(call->shell, &error);
    else if (call->count == 2)
        status = put_function(
            call, lab_text_string(&text),
            function_of(call->file, call->words[1], body, sizeof body));
    else
        lab_shell_put_file(call->shell, lab_text_string(&text), text.length);
    lab_text_free(&text);
    return status;
}

LAB_COMMAND(source) = {
    .name = "source",
    .order = 730,
    .text = "show the C of a demo, or a part of it",
    .help = "  source 3                    the whole file\n"
            "  source 3 together           one variant, or function\n",
    .takes = {{&lab_type_demo}, {&function, .optional = true}},
    .options = LAB_OPTIONS_WHICH,
    .run = source,
};

#include "lesson/form.h"

#include "lesson/info.h"

// Prose beyond the last block.
static enum lab_info_kind kind_of(const struct lab_markdown *doc, size_t i) {
    if (i >= doc->fence_count)
        return LAB_INFO_PROSE;
    const struct lab_fence *fence = &doc->fences[i];
    return lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                         NULL)
        .kind;
}

static bool is_printed(enum lab_info_kind kind) {
    return kind == LAB_INFO_OUTPUT || kind == LAB_INFO_MEASURED;
}

bool lab_form_check(const char *path, const struct lab_markdown *doc,
                    struct lab_text *error) {
    bool fine = true, after_program = false;
    for (size_t i = 0; i < doc->fence_count; i++) {
        enum lab_info_kind kind = kind_of(doc, i);
        const char *wrong = NULL;
        if (kind == LAB_INFO_PROGRAM && !is_printed(kind_of(doc, i + 1)))
            wrong = "the next block after this program is to be what it "
                    "prints, marked \"output\" or \"measured\"";
        else if (is_printed(kind) && !after_program)
            wrong = "no program stands before this output";
        if (wrong)
            lab_text_printf(error, "%s:%zu: %s\n", path, doc->fences[i].line,
                            wrong);
        fine &= !wrong;
        after_program = kind == LAB_INFO_PROGRAM;
    }
    return fine;
}

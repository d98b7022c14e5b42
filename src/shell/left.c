#include "shell/left.h"

#include "base/alloc.h"
#include "lesson/folder.h"

#include <string.h>

struct block_left {
    int hands[LAB_DECK_OPTIONS];
    bool is_hidden;
};

struct lab_left {
    struct lab_text path; // of the lesson
    lab_time began;       // of the machine
    size_t at, count;
    struct block_left *blocks;
};

void lab_left_free(struct lab_shell *shell) {
    if (!shell->left)
        return;
    lab_text_free(&shell->left->path);
    lab_free(shell->left->blocks);
    lab_free(shell->left);
    shell->left = NULL;
}

void lab_left_keep(const struct lab_deck *deck) {
    size_t count = deck->blocks.count;
    lab_left_free(deck->shell);
    if (deck->at + 1 >= count)
        return;
    struct lab_left *left = lab_alloc(sizeof *left);
    *left =
        (struct lab_left){.began = deck->began, .at = deck->at, .count = count};
    lab_text_put(&left->path, lab_text_string(&deck->path));
    left->blocks = lab_alloc(count * sizeof *left->blocks);
    for (size_t i = 0; i < count; i++) {
        const struct lab_deck_block *state = &deck->states[i];
        left->blocks[i].is_hidden = state->is_hidden;
        memcpy(left->blocks[i].hands, state->question.hands,
               sizeof left->blocks[i].hands);
    }
    deck->shell->left = left;
}

struct lab_demo_file *lab_left_file(struct lab_shell *shell) {
    struct lab_demo_file *file = NULL;
    bool is_it = false;
    for (size_t i = 0; shell->left && !is_it; i++) {
        struct lab_text path = {0};
        file = lab_shell_lesson(shell, i);
        if (!file)
            return NULL;
        lab_folder_path(shell->folders.lessons, file, &path);
        is_it = strcmp(lab_text_string(&path),
                       lab_text_string(&shell->left->path)) == 0;
        lab_text_free(&path);
    }
    return file;
}

void lab_left_restore(struct lab_deck *deck) {
    const struct lab_left *left = deck->shell->left;
    if (!left || left->count != deck->blocks.count)
        return;
    deck->at = left->at;
    deck->began = left->began;
    for (size_t i = 0; i < left->count; i++) {
        deck->states[i].is_hidden = left->blocks[i].is_hidden;
        memcpy(deck->states[i].question.hands, left->blocks[i].hands,
               sizeof left->blocks[i].hands);
    }
}

// deck.h - a lesson as a teacher shows it, block by block, without a terminal.
//
// Use:
//     struct lab_deck deck;
//     int status = lab_deck_open(&deck, call, file);
//     if (status == LAB_EXIT_OK) {
//         if (lab_deck_obey(&deck, "") == LAB_DECK_RUN) // the next page
//             lab_deck_run(&deck);
//         lab_deck_screen(&out, &deck);
//     }
//     lab_deck_close(&deck);
//
// What a block showed is kept: going back shows it again and runs nothing. A
// command runs when its block is first reached, and again when it is asked for.
// Where questions stand before it, its output is held until the teacher lets it
// go.

#ifndef LAB_SHELL_DECK_H
#define LAB_SHELL_DECK_H

#include "lesson/blocks.h"
#include "lesson/quiz.h"
#include "shell/capture.h"
#include "shell/command.h"

// With one more option where both may be equal.
enum { LAB_DECK_OPTIONS = LAB_QUIZ_OPTIONS + 1 };

// A question, and the hands that were counted.
struct lab_deck_question {
    struct lab_text text, right; // both are empty if it cannot be answered
    struct lab_text options[LAB_DECK_OPTIONS];
    int hands[LAB_DECK_OPTIONS];
    size_t count;
    size_t best;   // the option that is right; [count]: none alone is
    bool is_first; // hands say which one comes first
};

// Makes the question that a class is asked of [asked], with its options in the
// same order. Option 0 has the letter a.
//
// Owns: yours, until lab_deck_question_term.
void lab_deck_question_init(struct lab_deck_question *question,
                            const struct lab_quiz_question *asked);
void lab_deck_question_term(struct lab_deck_question *question);

struct lab_deck_block {
    struct lab_deck_question question;
    struct lab_text output; // of the command
    struct lab_clock clock; // it runs under
    int columns;            // of the screen that [output] was made for
    bool has_run, is_hidden;
};

struct lab_deck {
    struct lab_shell *shell;
    struct lab_demo_file *file;
    struct lab_blocks blocks;
    struct lab_deck_block *states; // of the blocks
    size_t at;                     // the block that is shown
    int columns, rows;             // of the screen
    lab_time began, passed;        // of the class, by the clock of the machine
    bool is_running;               // a command
    struct lab_text typed;         // what the teacher types at the bottom
    bool
        has_jumped; // at the last digit: an Enter after it is not the next page
    struct lab_text path; // of the lesson
    // deck.c's own.
    struct lab_style style;
    struct lab_clock clock; // of the class, until a command chooses another
    struct lab_text source;
    struct lab_markdown doc;
    struct lab_parts parts;
    struct lab_text page; // all that the block shows
    size_t shown;         // where the part of it begins that is on the screen
    struct lab_text message;
    struct lab_text aside, line; // a command in between, and what it printed
    bool is_aside;
    bool is_kept; // once it is left, teach continues it
    size_t left;  // where the lesson was left for it, as [shown]
    // What was in the middle of a screen of another size: line [middle] of the
    // [lines] of the page. 0 lines: the first page is shown.
    size_t middle, lines;
    struct lab_capture capture;
    struct lab_text held; // what others print meanwhile
    struct lab_options before;
};

// Opens the lesson of [file] for a screen of 80 columns and 24 rows, and runs
// what its questions are about. From now on the deck takes what the shell
// prints, and commands run under the clock of the call; without one under the
// virtual clock. Waits. Returns an exit status, after complaining if it is not
// 0.
int lab_deck_open(struct lab_deck *deck, struct lab_call *call,
                  struct lab_demo_file *file);

// Closes it. What others have printed meanwhile is printed now, and the clock
// is the one before, if no command chose another.
void lab_deck_close(struct lab_deck *deck);

// Does what [typed] says:
//
//     "" or " "    the next page, or block       "b"  the block before
//     "<"          the page before               "h"  hold the output, or not
//     "r"          run the command (again)       "4"  block 4
//     "a 12 b 3"   so many hands for each        "x0.5"  the pace of a command
//     ": list"     a command in between          "q"  out
enum lab_deck_next {
    LAB_DECK_SHOW, // the screen has changed
    LAB_DECK_RUN,  // lab_deck_run must run something
    LAB_DECK_LEND, // likewise, and it wants the whole screen
    LAB_DECK_LEAVE,
};
enum lab_deck_next lab_deck_obey(struct lab_deck *deck, const char *typed);

// The screen has another size. About the same part of the block stays on it.
// What was made under the virtual clock for another width is made again: then
// LAB_DECK_RUN is returned.
enum lab_deck_next lab_deck_resize(struct lab_deck *deck, int columns,
                                   int rows);

// Does what [key] says, or adds it to deck->typed, which is obeyed when it is
// complete. It is one of lab_canvas_key.
enum lab_deck_next lab_deck_key(struct lab_deck *deck, int key);

// Runs what is to be run. Waits.
void lab_deck_run(struct lab_deck *deck);

// Appends the screen: rows with a newline between them. Returns in which column
// of the last one types, or 0.
int lab_deck_screen(struct lab_text *out, struct lab_deck *deck);

// Appends all that the block shows; and a line that says where we are.
void lab_deck_page(struct lab_text *out, struct lab_deck *deck);
void lab_deck_heading(struct lab_text *out, const struct lab_deck *deck);

// The whole block was shown: the next page is that of the next block.
void lab_deck_whole(struct lab_deck *deck);

// Takes what the shell prints, again after lab_capture_end.
void lab_deck_take(struct lab_deck *deck);

#endif

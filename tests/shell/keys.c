#include "test.h"

#include "shell/keys.h"

#include <string.h>

// Decodes [bytes] whole and lists the keys: "a", "<80>" and "-" for none.
static const char *decoded(const char *bytes, size_t n) {
    static struct lab_text out;
    static char kept[256];
    int key;
    for (size_t i = 0, used; i < n; i += used) {
        used = lab_keys_decode(bytes + i, n - i, false, false, &key);
        if (used == 0) {
            lab_text_put(&out, "...");
            break;
        }
        if (key == LAB_KEY_NONE)
            lab_text_put(&out, "-");
        else if (key > 0x20 && key < 0x7f)
            lab_text_printf(&out, "%c", key);
        else
            lab_text_printf(&out, "<%x>", (unsigned)key);
    }
    strncpy(kept, lab_text_string(&out), sizeof kept - 1);
    lab_text_free(&out);
    return kept;
}

#define DECODED(bytes) decoded(bytes, sizeof(bytes) - 1)

TEST(arrows_are_one_key_in_every_spelling) {
    CHECK_STR(DECODED("\033[A\033OA"), "<80><80>");
    CHECK_STR(DECODED("\033[B\033[C\033[D"), "<81><82><83>");
    CHECK_STR(DECODED("\033[H\033[1~\033[7~\033OF\033[4~\033[8~"),
              "<84><84><84><85><85><85>");
    CHECK_STR(DECODED("\033[3~\033[1;5C\033[1;3D\033O5D\033[3;5~"),
              "<86><87><88><88><89>");
}

TEST(unknown_sequences_are_dropped_whole) {
    CHECK_STR(DECODED("a\033[15~b\033[<0;3;4Mc\033OPd\033[[Ee"), "a-b-c-d-e");
}

TEST(a_broken_sequence_ends_at_the_byte_that_breaks_it) {
    CHECK_STR(DECODED("\033[12\033[A"), "-<80>");
    CHECK_STR(DECODED("\033[\xc3\xa9"), "-<e9>");
}

TEST(meta_is_escape_and_the_character) {
    CHECK_STR(DECODED("\033b\033\033[A"), "<1b>b<1b><80>");
}

TEST(a_sequence_split_anywhere_waits_for_its_end) {
    const char bytes[] = "\033[1;5C";
    int key;
    for (size_t n = 1; n < sizeof bytes - 1; n++)
        CHECK_INT(lab_keys_decode(bytes, n, false, false, &key), 0);
    CHECK_INT(lab_keys_decode(bytes, sizeof bytes - 1, false, false, &key), 6);
    CHECK_INT(key, LAB_KEY_WORD_RIGHT);
}

TEST(escape_is_a_key_when_nothing_follows) {
    int key;
    CHECK_INT(lab_keys_decode("\033", 1, false, false, &key), 0);
    CHECK_INT(lab_keys_decode("\033", 1, true, false, &key), 1);
    CHECK_INT(key, 0x1b);
    CHECK_INT(lab_keys_decode("\033[", 2, true, false, &key), 1);
    CHECK_INT(key, 0x1b);
}

TEST(after_quote_escape_is_a_character) {
    int key;
    CHECK_INT(lab_keys_decode("\033[A", 3, false, true, &key), 1);
    CHECK_INT(key, 0x1b);
}

TEST(characters_are_decoded_and_wait_for_their_bytes) {
    int key;
    CHECK_STR(DECODED("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x99\x82"),
              "<e9><65e5><1f642>");
    CHECK_INT(lab_keys_decode("\xe6\x97", 2, false, false, &key), 0);
    CHECK_INT(lab_keys_decode("\xf0", 1, true, false, &key), 0);
}

TEST(what_is_no_utf8_and_our_own_keys_are_dropped) {
    CHECK_STR(DECODED("a\xff\x80z"), "a--z");
    CHECK_STR(DECODED("\xe6z"), "-z");
    CHECK_STR(DECODED("\xc2\x80\xc2\x9f\xc2\xa0"), "--<a0>");
    CHECK_STR(DECODED("\xc0\x80\xed\xa0\x80"), "-----");
}

TEST(huge_sequences_do_not_wait_for_ever) {
    char bytes[64];
    int key;
    memset(bytes, '1', sizeof bytes);
    memcpy(bytes, "\033[", 2);
    CHECK_INT(lab_keys_decode(bytes, 31, false, false, &key), 0);
    CHECK_INT(lab_keys_decode(bytes, sizeof bytes, false, false, &key), 64);
    CHECK_INT(key, LAB_KEY_NONE);
}

TEST(paste_ends_at_its_mark_wherever_it_is_split) {
    const char bytes[] = "\033[20 text\033[201~after";
    size_t text = 0, after = 0;
    CHECK_STR(DECODED("\033[200~"), "<8a>");
    for (size_t n = 0; n < 15; n++) {
        CHECK(!lab_keys_paste_end(bytes, n, text, &text, &after));
        CHECK(text <= 9);
    }
    CHECK(lab_keys_paste_end(bytes, sizeof bytes - 1, text, &text, &after));
    CHECK_INT(text, 9);
    CHECK_INT(after, 15);
}

TEST(pasted_text_is_what_could_be_typed) {
    struct lab_text out = {0};
    const char bytes[] = "a\tb\r\nc\rd\ne\x07\x1b[31m\x7f\xff\xc2\x85\xc3\xa9";
    lab_keys_clean(&out, bytes, sizeof bytes - 1);
    CHECK_STR(lab_text_string(&out), "a    b\nc\nd\ne[31m\xc3\xa9");
    lab_text_free(&out);
}

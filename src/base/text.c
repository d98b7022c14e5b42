#include "base/text.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/width.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void lab_text_fix(struct lab_text *text, char *memory, size_t size) {
    memory[0] = '\0';
    *text =
        (struct lab_text){.data = memory, .capacity = size, .is_fixed = true};
}

void lab_text_free(struct lab_text *text) {
    if (!text->is_fixed)
        lab_free(text->data);
    *text = (struct lab_text){0};
}

void lab_text_clear(struct lab_text *text) {
    text->length = 0;
    if (text->data)
        text->data[0] = '\0';
}

void lab_text_cut(struct lab_text *text, size_t length) {
    text->length = length;
    if (text->data)
        text->data[length] = '\0';
}

void lab_text_rub_out(struct lab_text *text) {
    size_t n = text->length;
    while (n > 0 && (text->data[--n] & 0xc0) == 0x80)
        ; // up to where it begins
    lab_text_cut(text, n);
}

void lab_text_trim(struct lab_text *text) {
    while (text->length > 0 && text->data[text->length - 1] == ' ')
        text->data[--text->length] = '\0';
}

const char *lab_text_string(const struct lab_text *text) {
    return text->data ? text->data : "";
}

// Does [byte] continue a character?
static bool follows(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

// Is [byte] a character that is shown, in one column, by any terminal?
static bool is_plain(char byte) {
    return byte >= 0x20 && byte < 0x7F;
}

// Makes room for [more] bytes and the NUL, if the text may grow. Returns how
// many of them there is room for.
static size_t reserve(struct lab_text *text, size_t more) {
    size_t need = text->length + more + 1;
    if (need <= text->capacity)
        return more;
    if (text->is_fixed)
        return text->capacity - text->length - 1;
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    text->data = lab_realloc(text->data, capacity, 1);
    text->capacity = capacity;
    return more;
}

char *lab_text_room(struct lab_text *text, size_t n) {
    size_t fits = reserve(text, n);
    lab_assert(fits == n);
    return text->data + text->length;
}

void lab_text_add(struct lab_text *text, size_t n) {
    lab_assert(text->length + n < text->capacity);
    text->length += n;
    text->data[text->length] = '\0';
}

void lab_text_write(struct lab_text *text, const char *bytes, size_t n) {
    size_t fits = reserve(text, n);
    while (fits > 0 && fits < n && follows(bytes[fits]))
        fits--; // cut between characters, not within one
    if (fits)   // no bytes may be NULL, which memcpy does not take
        memcpy(text->data + text->length, bytes, fits);
    text->length += fits;
    text->data[text->length] = '\0';
}

void lab_text_put(struct lab_text *text, const char *string) {
    lab_text_write(text, string, strlen(string));
}

// Where there is room already, as mostly, it is formatted once; and the least
// room there is will do for most.
void lab_text_vprintf(struct lab_text *text, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    reserve(text, 0);
    size_t room = text->capacity - text->length;
    int n = vsnprintf(text->data + text->length, room, format, args);
    lab_assert(n >= 0);
    size_t fits = (size_t)n;
    if (fits >= room) {
        fits = reserve(text, fits);
        vsnprintf(text->data + text->length, fits + 1, format, again);
    }
    va_end(again);
    text->length += fits;
}

void lab_text_printf(struct lab_text *text, const char *format, ...) {
    va_list args;
    va_start(args, format);
    lab_text_vprintf(text, format, args);
    va_end(args);
}

void lab_text_repeat(struct lab_text *text, const char *glyph, int times) {
    for (int i = 0; i < times; i++)
        lab_text_put(text, glyph);
}

size_t lab_text_decode(const char *bytes, size_t n, unsigned *code) {
    // The least code that needs each length: a longer form than needed is
    // invalid, or "/" and ESC could be smuggled past every check.
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (n == 0)
        return 0;
    unsigned first = (unsigned char)bytes[0];
    size_t length = first < 0x80   ? 1
                    : first < 0xC0 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF8 ? 4
                                   : 0;
    if (length == 0 || length > n)
        return 0;
    unsigned c = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (!follows(bytes[i]))
            return 0;
        c = c << 6 | ((unsigned char)bytes[i] & 0x3F);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return length;
}

// Takes the character at [*at] off the front: its length in bytes and its
// columns. Invalid UTF-8 counts byte by byte, as terminals show it.
static size_t next(const char *at, const char *end, int *columns) {
    unsigned code;
    if (is_plain(*at)) { // as nearly all are
        *columns = 1;
        return 1;
    }
    size_t length = lab_text_decode(at, (size_t)(end - at), &code);
    *columns = length ? lab_width_of(code) : 1;
    return length ? length : 1;
}

bool lab_text_is_plain(const char *string) {
    while (is_plain(*string))
        string++;
    return *string == '\0';
}

int lab_text_columns(const char *string) {
    const char *end = string + strlen(string);
    int total = 0, columns;
    while (string < end) {
        string += next(string, end, &columns);
        total += columns;
    }
    return total;
}

void lab_text_encode(struct lab_text *text, unsigned code) {
    char bytes[4];
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(lead[n] | code);
    lab_text_write(text, bytes, n);
}

// Appends one character, or what stands for it: "?" for invalid UTF-8, and
// where [ascii] one "?" a column for whatever is not ASCII.
static void put_one(struct lab_text *text, const char *at, size_t length,
                    int columns, bool ascii) {
    bool is_ascii = length == 1 && (unsigned char)*at < 0x80;
    if (is_ascii || (length > 1 && !ascii))
        lab_text_write(text, at, length);
    else
        lab_text_repeat(text, "?", columns);
}

void lab_text_pad(struct lab_text *text, const char *string, int columns,
                  bool ascii) {
    if (columns <= 0)
        return;
    const char *end = string + strlen(string);
    bool cut = lab_text_columns(string) > columns;
    int room = cut ? columns - 1 : columns, wide;
    while (string < end) {
        size_t length = next(string, end, &wide);
        if (wide > room) // not before: combining characters need no room
            break;
        put_one(text, string, length, wide, ascii);
        room -= wide;
        string += length;
    }
    if (cut)
        lab_text_put(text, ascii ? "~" : "\u2026");
    lab_text_repeat(text, " ", room);
}

// Would [code] do more to a terminal, or to the order in which a line is
// read, than show a glyph?
bool lab_text_harmful(unsigned code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) ||      // C0, DEL, C1
           code == 0x061C || code == 0x200E || code == 0x200F || // directions
           (code >= 0x2028 && code <= 0x202E) || // line ends, directions
           (code >= 0x2066 && code <= 0x2069);   // isolates
}

void lab_text_mask(struct lab_text *text, const char *bytes, size_t n,
                   bool newlines) {
    unsigned code = 0;
    for (size_t i = 0, length; i < n; i += length) {
        for (length = 0; i + length < n && is_plain(bytes[i + length]);)
            length++;
        if (length) { // as nearly all is
            lab_text_write(text, bytes + i, length);
            continue;
        }
        length = lab_text_decode(bytes + i, n - i, &code);
        if (length && (!lab_text_harmful(code) || (newlines && code == '\n')))
            lab_text_write(text, bytes + i, length);
        else if (length > 1)
            lab_text_printf(text, "\\u%04x", code);
        else
            lab_text_printf(text, "\\x%02x", (unsigned char)bytes[i]);
        length += length == 0;
    }
}

// Does [string] begin with what a number counts, and nothing of a word after
// it?
static bool begins_unit(const char *string) {
    static const char *const units[] = {"s", "ms", "us", "ns",    "min",
                                        "h", "%",  "KB", "bytes", "times"};
    for (size_t i = 0; i < countof(units); i++) {
        size_t n = strlen(units[i]);
        if (strncmp(units[i], string, n) == 0 &&
            !isalnum((unsigned char)string[n]))
            return true;
    }
    return false;
}

// How many bytes at [string] are a number, such as "12" or "1.00"; 0 if it is
// part of a longer word.
static size_t number(const char *string) {
    size_t n = strspn(string, "0123456789");
    if (n > 0 && string[n] == '.' && isdigit((unsigned char)string[n + 1]))
        n += 1 + strspn(string + n + 1, "0123456789");
    return n > 0 && !strchr(" \n.,;:)]\"`", string[n]) ? 0 : n;
}

// Does [text], before the space at [space], end with what the next word names,
// as in "clock virtual" and "worker pool-1"?
static bool is_named(const char *text, const char *space) {
    static const char *const kinds[] = {"clock", "schedule", "worker"};
    const char *next = space + 1;
    size_t n = strcspn(next, " \n,;.)"), before = (size_t)(space - text);
    bool is_name = strncmp(next, "virtual", n) == 0 ||
                   strncmp(next, "real", n) == 0 ||
                   strcspn(next, "0123456789") < n;
    for (size_t i = 0; n > 0 && is_name && i < countof(kinds); i++) {
        size_t length = strlen(kinds[i]);
        if (before >= length &&
            strncmp(space - length, kinds[i], length) == 0 &&
            (before == length ||
             !isalnum((unsigned char)space[-(ptrdiff_t)length - 1])))
            return true;
    }
    return false;
}

bool lab_text_stays(const char *text, const char *space) {
    unsigned char last = space > text ? (unsigned char)space[-1] : ' ';
    const char *next = space + 1;
    size_t digits = number(next);
    if (space > text && strncmp(next, "...", 3) == 0)
        return true;
    if (is_named(text, space) ||
        (space - text > 2 && strncmp(space - 3, "<--", 3) == 0))
        return true;
    if (isdigit(last)) // "0.95 s" and "1 to 8"
        return begins_unit(next) ||
               (strncmp(next, "to ", 3) == 0 && number(next + 3) > 0);
    if (digits == 0)
        return false;
    bool counts = (next[digits] == ' ' || next[digits] == '\n') &&
                  begins_unit(next + digits + 1);
    if (isalpha(last) && !counts) // "(line 12)" and "ratio 1.00"
        return true;
    return space - text > 3 && isdigit((unsigned char)space[-4]) &&
           strncmp(space - 3, " to", 3) == 0;
}

size_t lab_text_together(const char *words, size_t n, int columns) {
    size_t first = n;
    while (n > 0 && words[n] == ' ' && words[n + 1] != ' ' &&
           lab_text_stays(words, words + n))
        n += 1 + strcspn(words + n + 1, " \n");
    return columns < 0 || n > (size_t)columns ? first : n;
}

int lab_text_measure(int columns) {
    enum { WIDEST = 100 };
    return columns < WIDEST ? columns : WIDEST;
}

void lab_text_wrap(struct lab_text *text, const char *string, int columns) {
    struct lab_text word = {0};
    int column = 0;
    while (*string) {
        size_t spaces = strspn(string, " "),
               n = strcspn(string + spaces, " \n");
        n = lab_text_together(string + spaces, n, columns);
        lab_text_clear(&word);
        lab_text_write(&word, string, spaces + n);
        int width = lab_text_columns(lab_text_string(&word));
        bool breaks = spaces > 0 && column > 0 && column + width > columns;
        if (breaks)
            lab_text_put(text, "\n");
        lab_text_put(text, word.data + (breaks ? spaces : 0));
        column = breaks ? width - (int)spaces : column + width;
        string += spaces + n;
        if (*string == '\n') {
            lab_text_put(text, "\n");
            string++;
            column = 0;
        }
    }
    lab_text_free(&word);
}

enum { QUOTED = 40 };

void lab_text_quote(struct lab_text *text, const char *bytes, size_t n) {
    size_t shown = n;
    if (n > QUOTED) { // cut between characters, not within one
        for (shown = QUOTED; shown > QUOTED - 3 && follows(bytes[shown]);)
            shown--;
    }
    lab_text_put(text, "\"");
    lab_text_mask(text, bytes, shown, false);
    lab_text_put(text, shown < n ? "...\"" : "\"");
}

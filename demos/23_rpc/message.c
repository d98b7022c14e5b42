// A message of gRPC is a frame around one of protobuf:
//
//     00  00 00 00 05  0a  03  62 6f 62
//     |   |            |   |   `-- the text: bob
//     |   |            |   `-- its size; seven bits a byte, the least first
//     |   |            `-- field 1, and that a size follows: 1 << 3 | 2
//     |   `-- the size of what follows
//     `-- not compressed

#define LAB_PART // of a demo: see lab.h

#include "23_rpc/message.h"

#include "23_rpc/rpc.h"

#include <stdio.h>
#include <string.h>

enum { VARINT, FIXED64, SIZED, FIXED32 = 5 }; // how a field is written

static size_t put_number(uint8_t *out, uint64_t number) {
    size_t n = 0;
    for (; number >= 0x80; number >>= 7)
        out[n++] = (uint8_t)(number | 0x80);
    out[n++] = (uint8_t)number;
    return n;
}

size_t message_write(uint8_t *out, const char *text, size_t size) {
    uint8_t *body = out + MESSAGE_HEAD;
    size_t n = 0;
    if (size > RPC_TEXT_MOST)
        return 0;
    body[n++] = 1 << 3 | SIZED;
    n += put_number(body + n, size);
    memcpy(body + n, text, size);
    n += size;
    memset(out, 0, MESSAGE_HEAD);
    out[3] = (uint8_t)(n >> 8); // never more than two bytes
    out[4] = (uint8_t)n;
    return MESSAGE_HEAD + n;
}

// Bytes that have not been read.
struct rest {
    const uint8_t *at, *end;
};

static bool take(struct rest *rest, uint64_t size) {
    if (size > (uint64_t)(rest->end - rest->at))
        return false;
    rest->at += size;
    return true;
}

static bool take_number(struct rest *rest, uint64_t *out) {
    *out = 0;
    for (int shift = 0; shift < 64 && rest->at < rest->end; shift += 7) {
        uint8_t byte = *rest->at++;
        *out |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

// Reads one field. If it has a size, [*value] is where its bytes begin.
static bool take_field(struct rest *rest, uint64_t *key, const uint8_t **value,
                       uint64_t *size) {
    if (!take_number(rest, key) || *key >> 3 == 0)
        return false;
    switch (*key & 7) {
    case VARINT:
        return take_number(rest, size);
    case FIXED64:
        return take(rest, 8);
    case FIXED32:
        return take(rest, 4);
    case SIZED:
        if (!take_number(rest, size))
            return false;
        *value = rest->at;
        return take(rest, *size);
    default:
        return false; // groups, which nobody has written for years
    }
}

static int read_fields(struct rest rest, char *text, size_t room) {
    while (rest.at < rest.end) {
        const uint8_t *value = NULL;
        uint64_t key, size = 0;
        if (!take_field(&rest, &key, &value, &size))
            return RPC_INTERNAL;
        if (key != (1 << 3 | SIZED))
            continue; // a newer caller may have more fields than we know
        if (size >= room)
            return RPC_RESOURCE_EXHAUSTED;
        memcpy(text, value, size);
        text[size] = '\0'; // of several, the last one counts
    }
    return RPC_OK;
}

int message_read(const uint8_t *bytes, size_t size, char *text, size_t room) {
    text[0] = '\0';
    if (size < MESSAGE_HEAD)
        return RPC_INTERNAL;
    size_t n = (size_t)bytes[1] << 24 | (size_t)bytes[2] << 16 |
               (size_t)bytes[3] << 8 | bytes[4];
    if (n != size - MESSAGE_HEAD) // a unary call has one message
        return RPC_INTERNAL;
    if (bytes[0] != 0)
        return RPC_UNIMPLEMENTED; // compressed
    return read_fields((struct rest){bytes + MESSAGE_HEAD, bytes + size}, text,
                       room);
}

static const struct {
    char letter;
    lab_time time;
} units[] = {{'n', 1},     {'u', LAB_US},     {'m', LAB_MS},
             {'S', LAB_S}, {'M', 60 * LAB_S}, {'H', 3600 * LAB_S}};

void timeout_write(char *out, lab_time time) {
    size_t i = 0;
    lab_time count = time > 0 ? time : 0;
    // The finest unit that does with eight digits.
    while (count > 99999999 && i + 1 < countof(units)) {
        lab_time unit = units[++i].time;
        count = time / unit + (time % unit != 0);
    }
    snprintf(out, TIMEOUT_MOST, "%lld%c", (long long)count, units[i].letter);
}

bool timeout_read(const char *text, size_t size, lab_time *out) {
    lab_time count = 0;
    if (size < 2 || size > 9)
        return false;
    for (size_t i = 0; i < size - 1; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        count = count * 10 + (text[i] - '0');
    }
    for (size_t i = 0; i < countof(units); i++)
        if (units[i].letter == text[size - 1]) {
            *out = count > LAB_FOREVER / units[i].time ? LAB_FOREVER
                                                       : count * units[i].time;
            return true;
        }
    return false;
}

#include "core/transport_internal.h"

#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

// Returns what follows [prefix] in [text], or NULL.
static const char *after(const char *text, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

static bool parse_port(const char *text, int *port) {
    *port = 0;
    if (!*text || strlen(text) > 5)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        *port = *port * 10 + (*text - '0');
    }
    return *port <= 65535;
}

static bool parse_tcp(struct address *address, const char *text) {
    char host[INET6_ADDRSTRLEN];
    bool is_v6 = *text == '[';
    const char *end = is_v6 ? strstr(++text, "]:") : strchr(text, ':');
    int port;
    if (!end || (size_t)(end - text) >= sizeof host ||
        !parse_port(end + 1 + is_v6, &port))
        return false;
    memcpy(host, text, (size_t)(end - text));
    host[end - text] = 0;
    address->kind = ADDRESS_TCP;
    if (is_v6) {
        address->socket.v6.sin6_family = AF_INET6;
        address->size = sizeof address->socket.v6;
        if (inet_pton(AF_INET6, host, &address->socket.v6.sin6_addr) != 1)
            return false;
    } else {
        address->socket.v4.sin_family = AF_INET;
        address->size = sizeof address->socket.v4;
        if (inet_pton(AF_INET, host, &address->socket.v4.sin_addr) != 1)
            return false;
    }
    lab_address_set_port(address, port);
    return true;
}

static bool parse_name(struct address *address, enum address_kind kind,
                       const char *name) {
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof address->socket.path.sun_path)
        return false;
    address->kind = kind;
    address->size = sizeof address->socket.path;
    address->socket.path.sun_family = AF_UNIX;
    memcpy(address->socket.path.sun_path, name, length + 1);
    return true;
}

bool lab_address_parse(struct address *address, const char *text) {
    const char *rest;
    *address = (struct address){0};
    if ((rest = after(text, "tcp:")))
        return parse_tcp(address, rest);
    if ((rest = after(text, "unix:")))
        return parse_name(address, ADDRESS_UNIX, rest);
    if ((rest = after(text, "memory:")))
        return parse_name(address, ADDRESS_MEMORY, rest);
    return false;
}

static bool is_v6(const struct address *address) {
    return address->socket.any.sa_family == AF_INET6;
}

int lab_address_port(const struct address *address) {
    if (address->kind != ADDRESS_TCP)
        return 0;
    return ntohs(is_v6(address) ? address->socket.v6.sin6_port
                                : address->socket.v4.sin_port);
}

void lab_address_set_port(struct address *address, int port) {
    in_port_t number = htons((in_port_t)port);
    if (is_v6(address))
        address->socket.v6.sin6_port = number;
    else
        address->socket.v4.sin_port = number;
}

// Does it stand for all addresses of this machine?
static bool is_any(const struct address *address) {
    return is_v6(address)
               ? IN6_IS_ADDR_UNSPECIFIED(&address->socket.v6.sin6_addr)
               : address->socket.v4.sin_addr.s_addr == htonl(INADDR_ANY);
}

bool lab_address_is_local(const struct address *address) {
    if (address->kind != ADDRESS_TCP || is_any(address))
        return true;
    return is_v6(address)
               ? IN6_IS_ADDR_LOOPBACK(&address->socket.v6.sin6_addr)
               : ntohl(address->socket.v4.sin_addr.s_addr) >> 24 == 127;
}

bool lab_address_meet(const struct address *a, const struct address *b) {
    if (a->kind != b->kind)
        return false;
    if (a->kind != ADDRESS_TCP)
        return strcmp(a->socket.path.sun_path, b->socket.path.sun_path) == 0;
    if (lab_address_port(a) != lab_address_port(b))
        return false;
    if (is_any(a) || is_any(b))
        return true;
    if (is_v6(a) != is_v6(b))
        return false;
    return is_v6(a)
               ? IN6_ARE_ADDR_EQUAL(&a->socket.v6.sin6_addr,
                                    &b->socket.v6.sin6_addr)
               : a->socket.v4.sin_addr.s_addr == b->socket.v4.sin_addr.s_addr;
}

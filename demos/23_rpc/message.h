// message.h - what is in a call, as bytes: the message, its frame, the
// deadline.

#ifndef RPC_MESSAGE_H
#define RPC_MESSAGE_H

#include "lab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_HEAD = 5, MESSAGE_MOST = MESSAGE_HEAD + 2 * 1024 };

// Writes a message with the [size] bytes at [text] as its first field, a
// string, into [out], which has room for MESSAGE_MOST bytes. Returns its size;
// 0 if [text] is too long.
size_t message_write(uint8_t *out, const char *text, size_t size);

// Reads the first field of the message in [size] bytes into [text], which has
// room for [room] bytes with the final 0. A message without it is an empty
// text. Returns a status from rpc_status.
int message_read(const uint8_t *bytes, size_t size, char *text, size_t room);

// A time as gRPC's header grpc-timeout has it, at most eight digits and a unit:
// "200000u" is 200 ms. [out] has room for TIMEOUT_MOST bytes. Rounds up.
enum { TIMEOUT_MOST = 24 };
void timeout_write(char *out, lab_time time);

// Reads that; false if it is no such time.
bool timeout_read(const char *text, size_t size, lab_time *out);

#endif

// list.h - a doubly linked list whose nodes live inside what they link.
//
// Use:
//     struct lab_list queue;
//     lab_list_init(&queue);
//     lab_list_push(&queue, &task->node);
//     task = lab_list_item(lab_list_pop(&queue), struct lab_task, node);
//
// The list is a ring through a head that holds nothing. A node that is in no
// list points nowhere, so lab_list_remove may be called twice.

#ifndef LAB_BASE_LIST_H
#define LAB_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct lab_list {
    struct lab_list *next, *prev;
};

// The item of [type] whose field [member] is [node].
#define lab_list_item(node, type, member)                                      \
    ((type *)(void *)((char *)(node)-offsetof(type, member)))

// Visits each node; the current one may be removed meanwhile, no other.
#define lab_list_each(node, list)                                              \
    for (struct lab_list *node = (list)->next, *next_##node = node->next;      \
         node != (list); node = next_##node, next_##node = node->next)

// Makes [list] empty.
static inline void lab_list_init(struct lab_list *list) {
    list->next = list->prev = list;
}

// Is nothing in [list]?
static inline bool lab_list_empty(const struct lab_list *list) {
    return list->next == list;
}

// Is [node] in some list? A zeroed node is not.
static inline bool lab_list_linked(const struct lab_list *node) {
    return node->next != NULL;
}

// Puts [node] at the end of [list].
static inline void lab_list_push(struct lab_list *list, struct lab_list *node) {
    node->prev = list->prev;
    node->next = list;
    list->prev->next = node;
    list->prev = node;
}

// Takes [node] out of whatever list it is in, if any.
static inline void lab_list_remove(struct lab_list *node) {
    if (!node->next)
        return;
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->next = node->prev = NULL;
}

// Moves all that is in [from], in its order, to the empty list [to].
static inline void lab_list_move(struct lab_list *to, struct lab_list *from) {
    if (lab_list_empty(from))
        return;
    *to = *from;
    to->next->prev = to->prev->next = to;
    lab_list_init(from);
}

// Takes the first node out of [list]; NULL if there is none.
static inline struct lab_list *lab_list_pop(struct lab_list *list) {
    struct lab_list *node = list->next;
    if (node == list)
        return NULL;
    lab_list_remove(node);
    return node;
}

#endif

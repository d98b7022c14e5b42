// topics.h - what looplab has to do with outside itself: the environment, files
// and exit statuses. `help TOPIC` and the manual show them.

#ifndef LAB_SHELL_TOPICS_H
#define LAB_SHELL_TOPICS_H

// One thing of a topic, and what it is for.
struct lab_fact {
    const char *name, *text;
};

struct lab_topic {
    const char *name;             // as help takes it
    const char *title;            // of its section in the manual
    const char *text;             // a sentence above its facts
    const struct lab_fact *facts; // ended by a NULL name
};

// The topics there are, in the manual's order, ended by a NULL name.
extern const struct lab_topic lab_topics[];

// Finds the topic called [name]; NULL if there is none.
const struct lab_topic *lab_topic_find(const char *name);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to the form layer: a YAML file as a tree that knows where it stands.
 *
 *      source   the bytes of one file
 *      origin   a source, and through which include it came (a fragment
 *               included twice has two origins)
 *      ynode    a scalar, mapping or sequence of an origin
 *
 * The keys of a mapping are its children, each with its `value`:
 *
 *      map ─first→ key ─next→ key ─next→ NULL
 *                   │value     │value
 */
#ifndef SIMAE_FORM_YAML_H
#define SIMAE_FORM_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

enum { YAML_TEXT_MAX = 16 << 20, YAML_DEPTH_MAX = 60, YAML_NODES_MAX = 2000000 };

struct mistakes;

struct source {
        const char *file; /* as messages name it */
        const char *text; /* without byte order mark; ends in a NUL */
        size_t len;
        uint32_t *lines;  /* byte where each line begins; made when first needed, in `arena` */
        int lines_n;
        struct arena *arena;
};

struct origin {
        struct source *source;
        const char *name;               /* of the fragment */
        const struct origin *from;      /* of the include: NULL for a file read by itself */
        int from_line, from_column;     /* the include's place in from->source */
        int root_line, root_column;     /* the outermost include's place in the form file, else 0 */
};

enum ykind { Y_SCALAR, Y_MAP, Y_SEQ, Y_BROKEN /* already reported; say nothing more */ };
enum ystyle { STYLE_PLAIN, STYLE_SINGLE, STYLE_DOUBLE, STYLE_LITERAL, STYLE_FOLDED };

/* The {parameters} that a scalar had: `out` bytes at `at` stand for `in` bytes at `in_at` of `before`. */
struct stretch { size_t at, out, in_at, in; };
struct replaced { const char *before; const struct stretch *stretches; int n; };

struct ynode {
        uint8_t kind, style;
        int line, column; /* from 1; columns count characters */
        uint32_t n;       /* MAP, SEQ: children; SCALAR: bytes */
        const struct origin *origin;
        struct ynode *next, *value;
        union {
                struct { struct ynode *first, *last; };
                struct {
                        const char *text;
                        const struct replaced *replaced; /* NULL: nothing */
                };
        };
};

/* One sentence in `mistakes` and NULL if the file cannot be read as text. */
struct source *source_read(const char *path, struct arena *arena, struct mistakes *mistakes);
/* A copy of `text`; the same checks. */
struct source *source_from_text(const char *text, size_t len, const char *name, struct arena *arena,
                                struct mistakes *mistakes);
/* The tree, in `arena`; NULL if the file is not YAML.  Counts nodes in *nodes. */
struct ynode *yaml_parse(struct source *source, struct arena *arena, int *nodes, struct mistakes *mistakes);

/* The byte of its source where a node begins. */
size_t yaml_offset(const struct ynode *node);
/* Where byte `at` of a scalar's text is written. */
void yaml_locate(const struct ynode *scalar, size_t at, int *ret_line, int *ret_column);
/* Same keys, items and texts. */
bool yaml_equal(const struct ynode *a, const struct ynode *b);
/* The key of a mapping with that text, or NULL. */
const struct ynode *yaml_key(const struct ynode *map, const char *text);

#endif

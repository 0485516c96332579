/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store needs of a revision, without building its JSON: one look at each
 * member up to the answers, which come last and are only passed over.  That the
 * whole is strict JSON was seen when its bundle was verified (sync/bundle.h).
 * What is written otherwise than this program writes is left for revision_read().
 */
#include <stdlib.h>
#include <string.h>

#include "app/revision.h"
#include "revision_limits.h"

enum member { REC, PAR, OP, FORM, VERSION, FORM_HASH, STATE, GEN, AUTHOR, DEVICE, WHEN, WRITES, MEMBERS };

static const struct { const char *name; char begins; } members[MEMBERS] = {
        [REC] = {"rec", '"'}, [PAR] = {"par", '['}, [OP] = {"op", '"'}, [FORM] = {"form", '"'}, [VERSION] = {"version", '"'},
        [FORM_HASH] = {"form_hash", '"'}, [STATE] = {"state", '"'}, [GEN] = {"gen", 0}, [AUTHOR] = {"author", '"'},
        [DEVICE] = {"device", '"'}, [WHEN] = {"when", '"'}, [WRITES] = {"w", '['}};

/* A string without its quotes; a list or a number as it stands. */
struct part { const char *text; size_t len; };
struct scan { const char *at, *end; struct part parts[MEMBERS]; };

static bool take(struct scan *s, char c)
{
        if (s->at == s->end || *s->at != c)
                return false;
        s->at++;
        return true;
}

/* With an escape it is not known what it says. */
static bool take_string(struct scan *s, struct part *ret)
{
        if (!take(s, '"'))
                return false;
        const char *quote = memchr(s->at, '"', (size_t)(s->end - s->at));
        if (!quote || memchr(s->at, '\\', (size_t)(quote - s->at)))
                return false;
        *ret = (struct part){s->at, (size_t)(quote - s->at)};
        s->at = quote + 1;
        return true;
}

/* To the end of a list, an object, a number or a word. */
static bool take_other(struct scan *s, struct part *ret)
{
        const char *begin = s->at;
        struct part string;
        int depth = 0;
        while (s->at < s->end && (depth > 0 || !strchr(",}]", *s->at))) {
                if (*s->at == '"' && !take_string(s, &string))
                        return false;
                if (s->at == s->end)
                        return false;
                depth += (*s->at == '{' || *s->at == '[') - (*s->at == '}' || *s->at == ']');
                s->at += *s->at != '"';
        }
        *ret = (struct part){begin, (size_t)(s->at - begin)};
        return s->at < s->end && depth == 0;
}

static int member_of(const struct part *key)
{
        int i = 0;
        while (i < MEMBERS && (strlen(members[i].name) != key->len || memcmp(members[i].name, key->text, key->len) != 0))
                i++;
        return i;
}

/* True at the answers, with all members before them. */
static bool find_parts(struct scan *s)
{
        struct part key, value;
        int n = 0;
        if (!take(s, '{'))
                return false;
        do {
                if (!take_string(s, &key) || !take(s, ':') || s->at == s->end)
                        return false;
                char begins = *s->at;
                if (key.len == 1 && *key.text == 'f')
                        return begins == '{' && n == MEMBERS;
                if (begins == '"' ? !take_string(s, &value) : !take_other(s, &value))
                        return false;
                int member = member_of(&key);
                if (member == MEMBERS)
                        continue;
                if (members[member].begins && members[member].begins != begins)
                        return false;
                s->parts[member] = value;
                n++;
        } while (take(s, ','));
        return false;
}

/* ---- What they say ---- */

static bool is_text(const struct part *part, const char *text)
{
        return strlen(text) == part->len && memcmp(part->text, text, part->len) == 0;
}

static bool is_name(const struct part *part, size_t least)
{
        return part->len >= least && part->len <= REVISION_NAME_MAX;
}

static bool id_of(const struct part *part, struct id *ret)
{
        char hex[ID_TEXT] = "";
        if (part->len == ID_TEXT - 1)
                memcpy(hex, part->text, part->len);
        return id_parse(hex, ret);
}

static bool hash_of_part(const struct part *part, struct hash *ret)
{
        char hex[HASH_TEXT] = "";
        if (part->len == HASH_TEXT - 1)
                memcpy(hex, part->text, part->len);
        return hash_parse(hex, ret);
}

static bool read_state(const struct scan *s, enum record_state *ret)
{
        for (int i = RECORD_CONCLUIDO; i <= RECORD_ANULADO; i++)
                if (is_text(&s->parts[STATE], record_state_word((enum record_state)i))) {
                        *ret = (enum record_state)i;
                        return is_text(&s->parts[OP], i == RECORD_ANULADO ? "annul" : "put");
                }
        return false;
}

/* A list of strings: `*ret_n` of them, which those that `ret` is given for are hashes in order. */
static bool read_list(const struct part *list, struct arena *arena, struct hash **ret, int *ret_n)
{
        struct scan s = {.at = list->text + 1, .end = list->text + list->len};
        struct part string;
        struct hash *hashes = ret ? ARENA_ARRAY(arena, struct hash, list->len / HASH_TEXT + 1) : NULL;
        int n = 0;
        if (!take(&s, ']')) {
                do {
                        if (!take_string(&s, &string) || (ret && (n == REVISION_PARENTS_MAX - 1 || !hash_of_part(&string, &hashes[n]))))
                                return false;
                        if (ret && n > 0 && memcmp(hashes[n - 1].bytes, hashes[n].bytes, HASH_BYTES) >= 0)
                                return false;
                        n++;
                } while (take(&s, ','));
                if (!take(&s, ']'))
                        return false;
        }
        if (ret)
                *ret = hashes;
        *ret_n = n;
        return s.at == s.end;
}

static bool read_gen(const struct part *part, int parents_n, int64_t *ret)
{
        int64_t gen = 0;
        if (part->len == 0 || part->len > 10)
                return false;
        for (size_t i = 0; i < part->len; i++) {
                if (part->text[i] < '0' || part->text[i] > '9')
                        return false;
                gen = gen * 10 + (part->text[i] - '0');
        }
        *ret = gen;
        return gen >= 1 && gen <= REVISION_GEN_MAX && (gen == 1) == (parents_n == 0);
}

static bool read_when(const struct part *part)
{
        char text[DATETIME_TEXT];
        struct datetime when;
        if (part->len >= sizeof text)
                return false;
        memcpy(text, part->text, part->len);
        text[part->len] = '\0';
        return datetime_parse(text, 0, &when);
}

static bool read_parts(const struct scan *s, struct arena *arena, struct store_revision *ret)
{
        struct id device;
        struct hash *parents;
        int writes_n;
        if (!id_of(&s->parts[REC], &ret->record) || id_is_none(&ret->record) || !id_of(&s->parts[DEVICE], &device) ||
            !read_list(&s->parts[PAR], arena, &parents, &ret->parents_n) || !read_list(&s->parts[WRITES], NULL, NULL, &writes_n) ||
            !read_state(s, &ret->state) || !hash_of_part(&s->parts[FORM_HASH], &ret->form_hash))
                return false;
        bool word = ret->state == RECORD_VALIDADO || ret->state == RECORD_OBSERVADO;
        ret->parents = parents;
        return is_name(&s->parts[FORM], 1) && is_name(&s->parts[VERSION], 1) && is_name(&s->parts[AUTHOR], 0) &&
               read_gen(&s->parts[GEN], ret->parents_n, &ret->gen) && read_when(&s->parts[WHEN]) &&
               !(word && (writes_n > 0 || ret->parents_n == 0));
}

static const char *kept(const struct scan *s, enum member member, struct arena *arena)
{
        return arena_strndup(arena, s->parts[member].text, s->parts[member].len);
}

bool revision_quick(const char *text, size_t len, struct arena *arena, struct store_revision *ret)
{
        struct scan s = {.at = text, .end = text + len};
        struct store_revision revision = {.body = text};
        if (!find_parts(&s) || !read_parts(&s, arena, &revision))
                return false;
        revision.form = kept(&s, FORM, arena);
        revision.author = kept(&s, AUTHOR, arena);
        revision.device = kept(&s, DEVICE, arena);
        revision.date = kept(&s, WHEN, arena);
        *ret = revision;
        return true;
}

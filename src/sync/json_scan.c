/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A quick look at JSON (contract in json_scan.h): one pass, no allocation.
 * For each open object a small set of its keys' hashes; a hash that is there
 * already may be a duplicate key or chance, so it ends the scan unknown.
 */
#include "json_scan.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { DEPTH = 6, KEYS = 512 /* slots; a power of two */, KEYS_MAX = KEYS / 2, DIGITS = 15 };

struct keys {
        uint64_t slots[KEYS]; /* 0: free */
        int n;
};

struct scan {
        const unsigned char *at, *end;
        struct keys keys[DEPTH];
};

static bool scan_value(struct scan *s, int depth);

/* Keys seen before in this object, or one too many, end it. */
static bool add_key(struct keys *keys, const unsigned char *text, size_t len)
{
        uint64_t hash = 1469598103934665603u;
        for (size_t i = 0; i < len; i++)
                hash = (hash ^ text[i]) * 1099511628211u;
        hash |= 1;
        for (size_t i = (size_t)(hash >> 40);; i++) {
                uint64_t *slot = &keys->slots[i % KEYS];
                if (*slot == hash)
                        return false;
                if (*slot != 0)
                        continue;
                *slot = hash;
                return ++keys->n < KEYS_MAX;
        }
}

/*
 * Past bytes that mean nothing in a string, eight at a time: none is a quote, a
 * backslash or a control character.  A byte b < n has its top bit set in b - n
 * and not in b; borrows only make it stop too early.
 */
static const unsigned char *skip_plain(const unsigned char *at, const unsigned char *end)
{
        const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
        for (uint64_t word; end - at >= 8; at += 8) {
                memcpy(&word, at, sizeof word);
                uint64_t quote = word ^ (ones * '"'), slash = word ^ (ones * '\\');
                if ((((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & tops)
                        break;
        }
        return at;
}

/* Between its quotes: no control characters, short escapes only. UTF-8 is checked for the whole text. */
static bool scan_string(struct scan *s, const unsigned char **ret, size_t *ret_len)
{
        if (s->at == s->end || *s->at != '"')
                return false;
        const unsigned char *begin = ++s->at;
        for (s->at = skip_plain(s->at, s->end); s->at < s->end && *s->at != '"'; s->at++) {
                if (*s->at < 0x20)
                        return false;
                if (*s->at == '\\' && (++s->at == s->end || !memchr("\"\\/bfnrt", *s->at, 8)))
                        return false;
        }
        if (s->at == s->end)
                return false;
        *ret = begin;
        *ret_len = (size_t)(s->at++ - begin);
        return true;
}

static size_t scan_digits(struct scan *s)
{
        const unsigned char *begin = s->at;
        while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
                s->at++;
        return (size_t)(s->at - begin);
}

static bool scan_number(struct scan *s)
{
        if (*s->at == '-')
                s->at++;
        bool zero = s->at < s->end && *s->at == '0';
        size_t whole = scan_digits(s), part = 0;
        if (whole == 0 || (zero && whole > 1))
                return false;
        if (s->at < s->end && *s->at == '.') {
                s->at++;
                if ((part = scan_digits(s)) == 0)
                        return false;
        }
        return whole + part <= DIGITS && (s->at == s->end || (*s->at != 'e' && *s->at != 'E'));
}

static bool scan_word(struct scan *s, const char *word)
{
        size_t len = strlen(word);
        if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
                return false;
        s->at += len;
        return true;
}

static bool take(struct scan *s, unsigned char c)
{
        if (s->at == s->end || *s->at != c)
                return false;
        s->at++;
        return true;
}

static bool scan_object(struct scan *s, int depth)
{
        struct keys *keys = &s->keys[depth];
        const unsigned char *key;
        size_t len;
        if (!take(s, '{'))
                return false;
        if (take(s, '}'))
                return true;
        memset(keys, 0, sizeof *keys);
        do {
                if (!scan_string(s, &key, &len) || memchr(key, '\\', len) || !add_key(keys, key, len) || !take(s, ':') ||
                    !scan_value(s, depth + 1))
                        return false;
        } while (take(s, ','));
        return take(s, '}');
}

static bool scan_array(struct scan *s, int depth)
{
        s->at++;
        if (take(s, ']'))
                return true;
        do {
                if (!scan_value(s, depth + 1))
                        return false;
        } while (take(s, ','));
        return take(s, ']');
}

static bool scan_value(struct scan *s, int depth)
{
        const unsigned char *text;
        size_t len;
        if (s->at == s->end || depth >= DEPTH)
                return false;
        switch (*s->at) {
        case '{': return scan_object(s, depth);
        case '[': return scan_array(s, depth);
        case '"': return scan_string(s, &text, &len);
        case 't': return scan_word(s, "true");
        case 'f': return scan_word(s, "false");
        case 'n': return scan_word(s, "null");
        default: return scan_number(s);
        }
}

bool json_scan_object(const char *text, size_t len)
{
        static _Thread_local struct scan scan; /* too large for the stack of a caller that is deep in something */
        scan.at = (const unsigned char *)text;
        scan.end = scan.at + len;
        return scan_object(&scan, 0) && scan.at == scan.end && utf8_valid(text, len, NULL);
}

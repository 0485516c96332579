/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text functions.  Positions and lengths count code points, never bytes. */
#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "../expr_priv.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"

enum { UUID_LETTERS_MAX = 1024 };

struct value fn_string(const struct eval *ev, const struct node *call)
{
        return value_string(arg_string(ev, call, 0));
}

static struct value join(const struct eval *ev, const struct node *call, int first, const char *separator)
{
        struct walk walk = walk_from(ev, call, first);
        struct buffer out = {.arena = ev->arena};
        struct value item;
        for (int n = 0; walk_next(&walk, &item); n++) {
                const char *text = value_to_string(&item, ev->arena);
                if (n > 0)
                        buffer_add(&out, separator, strlen(separator));
                buffer_add(&out, text, strlen(text));
        }
        return buffer_value(&out);
}

struct value fn_concat(const struct eval *ev, const struct node *call)
{
        return join(ev, call, 0, "");
}

struct value fn_join(const struct eval *ev, const struct node *call)
{
        return join(ev, call, 1, arg_string(ev, call, 0));
}

/* Byte offset of code point `index`, or of the end. */
static size_t offset_of(const char *text, long index)
{
        size_t at = 0;
        while (text[at] && index > 0) {
                at++;
                while (((unsigned char)text[at] & 0xC0) == 0x80)
                        at++;
                index--;
        }
        return at;
}

/* A negative index counts from the end; all are brought within 0..length. */
static long clamp_index(double index, long length)
{
        if (isnan(index))
                return 0;
        index = trunc(index);
        if (index < 0)
                index += (double)length;
        if (index < 0)
                return 0;
        return index > (double)length ? length : (long)index;
}

struct value fn_substr(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        long length = (long)utf8_length(text);
        long start = clamp_index(arg_number(ev, call, 1), length);
        long end = call->n > 2 ? clamp_index(arg_number(ev, call, 2), length) : length;
        if (start >= end)
                return VALUE_NONE;
        const char *from = text + offset_of(text, start);
        return value_string(arena_strndup(ev->arena, from, offset_of(from, end - start)));
}

struct value fn_substring_before(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        const char *found = strstr(text, arg_string(ev, call, 1));
        return found ? value_string(arena_strndup(ev->arena, text, (size_t)(found - text))) : VALUE_NONE;
}

struct value fn_substring_after(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0), *mark = arg_string(ev, call, 1);
        const char *found = strstr(text, mark);
        return value_string(found ? found + strlen(mark) : NULL);
}

struct value fn_contains(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        return value_boolean(strstr(text, arg_string(ev, call, 1)) != NULL);
}

struct value fn_starts_with(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        return value_boolean(str_starts(text, arg_string(ev, call, 1)));
}

struct value fn_ends_with(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        return value_boolean(str_ends(text, arg_string(ev, call, 1)));
}

/* Index of the code point in `letters`, or -1. */
static long index_of(const char *letters, const char *code, size_t len)
{
        long index = 0;
        for (const char *p = letters; *p; p += offset_of(p, 1), index++)
                if (offset_of(p, 1) == len && memcmp(p, code, len) == 0)
                        return index;
        return -1;
}

struct value fn_translate(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        const char *from = arg_string(ev, call, 1), *to = arg_string(ev, call, 2);
        struct buffer out = {.arena = ev->arena};
        for (size_t len; *text; text += len) {
                len = offset_of(text, 1);
                long index = index_of(from, text, len);
                const char *other = index < 0 ? text : to + offset_of(to, index);
                buffer_add(&out, other, offset_of(other, 1));
        }
        return buffer_value(&out);
}

struct value fn_string_length(const struct eval *ev, const struct node *call)
{
        return value_number((double)utf8_length(arg_string(ev, call, 0)));
}

struct value fn_normalize_space(const struct eval *ev, const struct node *call)
{
        static const char blanks[] = " \t\r\n";
        const char *text = arg_string(ev, call, 0);
        struct buffer out = {.arena = ev->arena};
        for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
                size_t len = strcspn(text, blanks);
                if (out.len)
                        buffer_add(&out, " ", 1);
                buffer_add(&out, text, len);
                text += len;
        }
        return buffer_value(&out);
}

bool digest_is_known(const char *algorithm)
{
        return str_equal(algorithm, "SHA-256") || str_equal(algorithm, "SHA-512");
}

struct value fn_digest(const struct eval *ev, const struct node *call)
{
        enum { TEXT = 2 * crypto_hash_sha512_BYTES + 1 };
        unsigned char hash[crypto_hash_sha512_BYTES];
        const char *data = arg_string(ev, call, 0), *algorithm = arg_string(ev, call, 1);
        const char *encoding = call->n > 2 ? arg_string(ev, call, 2) : "base64";
        bool wide = str_equal(algorithm, "SHA-512");
        size_t size = wide ? crypto_hash_sha512_BYTES : crypto_hash_sha256_BYTES;
        char *text = arena_alloc(ev->arena, TEXT);
        if (!digest_is_known(algorithm))
                return VALUE_NONE;
        if (wide)
                crypto_hash_sha512(hash, (const unsigned char *)data, strlen(data));
        else
                crypto_hash_sha256(hash, (const unsigned char *)data, strlen(data));
        if (str_equal(encoding, "hex"))
                return value_string(sodium_bin2hex(text, TEXT, hash, size));
        return value_string(sodium_bin2base64(text, TEXT, hash, size, sodium_base64_VARIANT_ORIGINAL));
}

static bool decode(const char *text, int variant, char *out, size_t room, size_t *ret_len)
{
        return sodium_base642bin((unsigned char *)out, room, text, strlen(text), " \t\r\n", ret_len, NULL,
                                 variant) == 0;
}

struct value fn_base64_decode(const struct eval *ev, const struct node *call)
{
        const char *text = arg_string(ev, call, 0);
        size_t room = strlen(text), len;
        char *out = arena_alloc(ev->arena, room + 1);
        if (!decode(text, sodium_base64_VARIANT_ORIGINAL, out, room, &len) &&
            !decode(text, sodium_base64_VARIANT_ORIGINAL_NO_PADDING, out, room, &len))
                return VALUE_NONE;
        out[len] = '\0';
        return utf8_valid(out, len, NULL) ? value_string(out) : VALUE_NONE; /* bytes that are no text */
}

static struct value random_letters(const struct eval *ev, double count)
{
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        if (!(count >= 1))
                return VALUE_NONE;
        size_t n = count > UUID_LETTERS_MAX ? UUID_LETTERS_MAX : (size_t)count;
        char *text = arena_alloc(ev->arena, n + 1);
        random_bytes(text, n);
        for (size_t i = 0; i < n; i++)
                text[i] = letters[(unsigned char)text[i] % 64];
        return value_string(text);
}

struct value fn_uuid(const struct eval *ev, const struct node *call)
{
        unsigned char b[16];
        if (call->n > 0)
                return random_letters(ev, arg_number(ev, call, 0));
        random_bytes(b, sizeof b);
        b[6] = (b[6] & 0x0F) | 0x40; /* version 4 */
        b[8] = (b[8] & 0x3F) | 0x80; /* variant of RFC 4122 */
        char hex[33];
        sodium_bin2hex(hex, sizeof hex, b, sizeof b);
        return value_string(arena_printf(ev->arena, "%.8s-%.4s-%.4s-%.4s-%s", hex, hex + 8, hex + 12,
                                         hex + 16, hex + 20));
}

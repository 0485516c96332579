/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an age file and as keys: read or refused with a sentence.  No
 * fuzzer finds a MAC, so the header's grammar is also walked by itself, and
 * what it takes must add up.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "../../src/sync/age_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct memory_source {
        struct byte_source base;
        const uint8_t *bytes;
        size_t len;
};

static enum err_code read_some(struct byte_source *base, void *buf, size_t len, size_t *ret_got,
                               struct err *err)
{
        struct memory_source *source = (struct memory_source *)base;
        (void)err;
        *ret_got = len < source->len ? len : source->len;
        memcpy(buf, source->bytes, *ret_got);
        source->bytes += *ret_got;
        source->len -= *ret_got;
        return ERR_OK;
}

static const struct age_keys *test_keys(void)
{
        static struct age_keys *keys;
        struct age_identity identity;
        if (!keys) {
                keys = age_keys_new();
                if (age_identity_parse(
                            "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
                            &identity, NULL) != ERR_OK)
                        abort();
                age_keys_add_identity(keys, &identity);
        }
        return keys;
}

static void as_file(const uint8_t *data, size_t size)
{
        struct memory_source source = {{read_some, NULL}, data, size};
        struct age_reader *reader = age_reader_new(&source.base);
        const unsigned char *plain;
        struct err err = {0};
        size_t len = 1;
        enum err_code rc = age_reader_open(reader, test_keys(), &err);
        while (rc == ERR_OK && len > 0)
                rc = age_reader_next(reader, &plain, &len, &err);
        if ((rc == ERR_OK) != (age_reader_failure(reader) == AGE_OK) || (rc != ERR_OK && !err.text[0]))
                abort();
        age_reader_free(reader);
}

/* The stanzas, one after the other, end where the MAC's line begins. */
static void as_header(const uint8_t *data, size_t size)
{
        struct age_header header;
        struct age_stanza stanza;
        if (age_header_read((const char *)data, size, &header, NULL) != ERR_OK)
                return;
        size_t at = header.stanzas;
        int n = 0;
        while (age_header_next(&header, &at, &stanza))
                n++;
        if (n != header.stanzas_n || n == 0 || at + 3 != header.maced || header.maced + 45 != header.len ||
            header.len > AGE_HEADER_MAX || header.len > size)
                abort();
}

/* A text that is taken as a key is printed as it was, but for capitals. */
static void as_key(const uint8_t *data, size_t size)
{
        char *text = xstrndup((const char *)data, size), again[AGE_IDENTITY_TEXT];
        struct age_recipient recipient;
        struct age_identity identity;
        if (age_recipient_parse(text, &recipient, NULL) == ERR_OK) {
                age_recipient_text(&recipient, again);
                if (strcasecmp(again, text) != 0)
                        abort();
        }
        if (age_identity_parse(text, &identity, NULL) == ERR_OK) {
                age_identity_text(&identity, again);
                if (strcasecmp(again, text) != 0)
                        abort();
        }
        free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        as_file(data, size);
        as_header(data, size);
        as_key(data, size);
        return 0;
}

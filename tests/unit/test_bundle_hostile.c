/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bundles damaged in every place, and bundles made to do harm.
 *
 * A forged bundle is made of entries given by hand; its tar headers and B2SUMS
 * are right, so that what is tested is the check behind them.
 */
#include "test_bundle.h"

#include <zstd.h>

#include "../../src/sync/b2sums.h"
#include "../../src/sync/limits.h"
#include "../../src/sync/tar.h"

static struct err err; /* the last sentence, for every test */

/* ---- Damage ---- */

/* Read; whatever is wrong, nothing may have been handed over and the sentence must be there. */
static enum err_code read_nothing(const char *path)
{
        struct counter counter = {.extra = 10};
        struct bundle_info info = {.number = -1};
        err.text[0] = '\0';
        enum err_code rc = read_counting(path, &counter, &info, &err);
        if (rc != ERR_OK) {
                assert_int_equal(counter.forms + counter.revisions, 0);
                assert_int_equal(info.number, -1);
                assert_int_equal(err.code, rc);
                assert_true(strlen(err.text) > 20);
        }
        return rc;
}

/* Of each byte: one bit and all of them, the bit another at the next; $SIMAE_TEST_FLIPS=all: each of the eight. */
static int masks_at(size_t at, unsigned char masks[9])
{
        const char *asked = getenv("SIMAE_TEST_FLIPS");
        int n = 0;
        for (int bit = 0; bit < 8; bit++)
                if ((asked && strcmp(asked, "all") == 0) || bit == (int)(at % 8))
                        masks[n++] = (unsigned char)(1 << bit);
        masks[n++] = 0xff;
        return n;
}

static void test_every_flipped_byte_is_noticed(void **state)
{
        unsigned char masks[9];
        const char *path = in_scratch("flip.simae");
        size_t len;
        (void)state;
        assert_int_equal(sample_bundle(path, 2, 10, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        assert_in_range(len, 5 * 512, 8 * 1024);
        int fd = open(path, O_WRONLY);
        for (size_t at = 0; at < len; at++) {
                for (int i = masks_at(at, masks) - 1; i >= 0; i--) {
                        char flipped = (char)(bytes[at] ^ masks[i]);
                        assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
                        if (read_nothing(path) == ERR_OK)
                                fail_msg("byte %zu, mask %02x: not noticed", at, masks[i]);
                }
                assert_int_equal(pwrite(fd, bytes + at, 1, (off_t)at), 1);
        }
        close(fd);
        assert_int_equal(read_nothing(path), ERR_OK);
        free(bytes);
}

static void test_every_truncation_is_noticed(void **state)
{
        const char *path = in_scratch("cut.simae");
        size_t len;
        (void)state;
        assert_int_equal(sample_bundle(path, 2, 10, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        while (len-- > 0) {
                assert_int_equal(truncate(path, (off_t)len), 0);
                assert_int_equal(read_nothing(path), ERR_CORRUPT);
                assert_non_null(strstr(err.text, "cut.simae: el paquete está incompleto o dañado en "));
                assert_non_null(strstr(err.text, "; pida que lo copien otra vez"));
        }
        free(bytes);
}

static void test_what_follows_the_end_is_noticed(void **state)
{
        static const char zeros[10240];
        const char *path = in_scratch("tail.simae");
        size_t len;
        (void)state;
        assert_int_equal(sample_bundle(path, 2, 10, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        for (size_t extra = 1; extra < sizeof zeros; extra += 511) {
                FILE *file = fopen(path, "wb");
                assert_int_equal(fwrite(bytes, 1, len, file), len);
                assert_int_equal(fwrite(zeros, 1, extra, file), extra);
                fclose(file);
                assert_int_equal(read_nothing(path), ERR_CORRUPT);
        }
        free(bytes);
}

static void test_lost_and_zeroed_blocks_are_noticed(void **state)
{
        const char *path = in_scratch("hole.simae");
        size_t len;
        (void)state;
        assert_int_equal(sample_bundle(path, 40, 10, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        for (size_t at = 0; at + 512 <= len - 1024; at += 512) {
                struct str damaged = STR_INIT;
                str_addn(&damaged, bytes, len);
                memset(damaged.text + at, 0, 512);
                spill(path, damaged.text, len);
                assert_int_not_equal(read_nothing(path), ERR_OK);
                str_splice(&damaged, at, 512, "", 0);
                spill(path, damaged.text, damaged.len);
                assert_int_not_equal(read_nothing(path), ERR_OK);
                str_release(&damaged);
        }
        free(bytes);
}

/* Sealed, every byte counts: two masks for each, and every length. */
static void test_every_flipped_byte_of_a_sealed_one_is_noticed(void **state)
{
        static const unsigned char masks[] = {0x01, 0x80};
        const char *path = in_scratch("sealed.simae");
        size_t len;
        (void)state;
        assert_int_equal(sample_sealed(path, 1, 10, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        int fd = open(path, O_WRONLY);
        for (size_t at = 0; at < len; at++) {
                for (size_t i = 0; i < sizeof masks; i++) {
                        char flipped = (char)(bytes[at] ^ masks[i]);
                        assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
                        if (read_nothing(path) == ERR_OK)
                                fail_msg("byte %zu, mask %02x: not noticed", at, masks[i]);
                        assert_non_null(strstr(err.text, "sealed.simae: "));
                }
                assert_int_equal(pwrite(fd, bytes + at, 1, (off_t)at), 1);
        }
        close(fd);
        assert_int_equal(read_nothing(path), ERR_OK);
        while (len-- > 0) {
                assert_int_equal(truncate(path, (off_t)len), 0);
                assert_int_equal(read_nothing(path), ERR_CORRUPT);
                assert_non_null(strstr(err.text, "; pida que lo copien otra vez"));
        }
        free(bytes);
}

/* A larger one, at places of every kind: 1,000 flips and 300 lengths. */
static void test_damage_to_a_large_sealed_one_is_noticed(void **state)
{
        const char *path = in_scratch("large.simae");
        size_t len;
        uint64_t x = 7;
        (void)state;
        assert_int_equal(sample_sealed(path, 3000, 1000, &err), ERR_OK);
        char *bytes = slurp(path, &len);
        assert_true(len > (1u << 20));
        int fd = open(path, O_WRONLY);
        for (int i = 0; i < 1000; i++) {
                x = x * 6364136223846793005u + 1442695040888963407u;
                size_t at = (size_t)(x >> 20) % len;
                char flipped = (char)(bytes[at] ^ (1 << (x >> 17) % 8));
                assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
                assert_int_not_equal(read_nothing(path), ERR_OK);
                assert_int_equal(pwrite(fd, bytes + at, 1, (off_t)at), 1);
        }
        close(fd);
        assert_int_equal(bundle_read(path, NULL, NULL, &err), ERR_REFUSED); /* whole again, and still not ours to read */
        for (size_t step = len / 300, cut = len - 1; cut > step; cut -= step) {
                assert_int_equal(truncate(path, (off_t)cut), 0);
                assert_int_equal(read_nothing(path), ERR_CORRUPT);
        }
        unlink(path);
        free(bytes);
}

/* While the first entry is handed over, the file becomes another bundle, also valid. */
static enum err_code change_file(void *ctx, const struct hash *hash, const char *yaml, size_t len,
                                 struct err *e)
{
        size_t other_len;
        char *other = slurp(in_scratch("other.simae"), &other_len);
        (void)ctx, (void)hash, (void)yaml, (void)len, (void)e;
        spill(in_scratch("change.simae"), other, other_len);
        free(other);
        return ERR_OK;
}

static void test_a_file_that_changes_between_the_passes(void **state)
{
        struct counter counter = {.extra = 2000};
        struct bundle_sink sink = {.ctx = &counter, .form = change_file, .revision = count_revision};
        (void)state;
        assert_int_equal(sample_bundle(in_scratch("change.simae"), 30, 2000, &err), ERR_OK);
        assert_int_equal(sample_bundle(in_scratch("other.simae"), 30, 2001, &err), ERR_OK);
        assert_int_equal(bundle_read(in_scratch("change.simae"), &sink, NULL, &err), ERR_CORRUPT);
        assert_non_null(strstr(err.text, "cambió mientras se leía"));
        assert_int_equal(counter.revisions, 0);
        assert_int_equal(bundle_read(in_scratch("change.simae"), NULL, NULL, &err), ERR_OK);
}

/* ---- Forgery ---- */

static struct forge {
        struct str tar, sums;
        struct byte_sink sink;
        struct tar_writer writer;
} forge;

static enum err_code forge_write(struct byte_sink *sink, const void *bytes, size_t len, struct err *e)
{
        (void)sink, (void)e;
        str_addn(&forge.tar, bytes, len);
        return ERR_OK;
}

static void forge_entry(const char *name, const void *data, size_t len)
{
        struct b2 sum = b2_of(data, len);
        assert_int_equal(tar_write(&forge.writer, name, data, len, NULL), ERR_OK);
        b2sums_line(&forge.sums, &sum, name);
}

static void forge_nothing(void)
{
        str_release(&forge.tar);
        str_release(&forge.sums);
        forge.sink.write = forge_write;
        forge.writer = (struct tar_writer){.out = &forge.sink};
}

/* Format 1 stands as it is; format 2 is signed, and sealed when it is read. */
static int forge_format = 1;

static void forge_header(int format, int forms, int revisions, const char *to)
{
        char text[2048], key[SIGN_PUBLIC_TEXT], whom[AGE_RECIPIENT_TEXT + 2], recipient[AGE_RECIPIENT_TEXT];
        struct age_identity identity = sample_identity();
        age_recipient_text(&identity.recipient, recipient);
        snprintf(whom, sizeof whom, "\"%s\"", recipient);
        sign_public_text(&sample_key()->public, key);
        snprintf(text, sizeof text,
                 "{\"format\":%d,\"bundle\":\"8badf00d00112233445566778899aabb\",\"from\":"
                 "\"0a1b2c3d4e5f60718293a4b5c6d7e8f9\",\"to\":%s,\"when\":\"2026-03-01T08:05:00.000-05:00\","
                 "\"clock\":true,\"key\":\"%s\","
                 "\"program\":\"x\",\"number\":1,\"counts\":{\"revisions\":%d,\"records\":0,\"forms\":%d,\"have\":0},"
                 "\"extra\":1}",
                 format == 1 ? forge_format : format, forge_format == 2 && strcmp(to, "\"\"") == 0 ? whom : to, key, revisions,
                 forms);
        forge_entry("header.json", text, strlen(text));
}

static void forge_begin(int forms, int revisions)
{
        forge_nothing();
        forge_header(1, forms, revisions, "\"\"");
}

static char packed[1 << 16];

static size_t pack(const void *data, size_t len)
{
        ZSTD_CCtx *context = ZSTD_createCCtx();
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
        size_t n = ZSTD_compress2(context, packed, sizeof packed, data, len);
        assert_false(ZSTD_isError(n));
        ZSTD_freeCCtx(context);
        return n;
}

static void forge_packed(const char *name, const void *data, size_t len)
{
        size_t n = pack(data, len);
        forge_entry(name, packed, n);
}

static void forge_form(const char *text)
{
        char name[128], hex[HASH_TEXT];
        struct hash hash = hash_of(text, strlen(text));
        snprintf(name, sizeof name, "forms/%s.yaml.zst", hash_format(&hash, hex));
        forge_packed(name, text, strlen(text));
}

/* A line of records/ whose hash is right, whatever the body. */
static void add_line(struct str *lines, const char *body, size_t len)
{
        char hex[HASH_TEXT];
        struct hash hash = hash_of(body, len);
        str_addf(lines, "{\"id\":\"%s\",", hash_format(&hash, hex));
        str_addn(lines, body + 1, len - 1);
        str_addc(lines, '\n');
}

static void forge_sums(void)
{
        tar_write(&forge.writer, "B2SUMS", forge.sums.text, forge.sums.len, NULL);
}

static void forge_signature(const char *trusted)
{
        struct b2 sum = b2_of(forge.sums.text, forge.sums.len);
        struct str text = STR_INIT;
        minisig_write(sample_key(), sum.bytes, "simae", trusted, &text);
        tar_write(&forge.writer, "B2SUMS.minisig", text.text, text.len, NULL);
        str_release(&text);
}

static const char *right_comment(void)
{
        static char text[256];
        char recipient[AGE_RECIPIENT_TEXT];
        struct age_identity identity = sample_identity();
        age_recipient_text(&identity.recipient, recipient);
        snprintf(text, sizeof text, "simae/2 from=0a1b2c3d4e5f60718293a4b5c6d7e8f9 to=%s bundle=8badf00d00112233445566778899aabb",
                 recipient);
        return text;
}

static void forge_end(void)
{
        forge_sums();
        if (forge_format == 2)
                forge_signature(right_comment());
        tar_write_end(&forge.writer, NULL);
}

static void seal_forged(const char *path, const struct age_recipient *recipient, const char *passphrase)
{
        struct file_out out = {{write_file}, fopen(path, "wb")};
        struct age_seal seal = {.recipients = recipient, .recipients_n = recipient != NULL, .passphrase = passphrase, .work_factor = 10};
        struct age_writer *writer;
        assert_int_equal(age_writer_new(&out.base, &seal, &writer, NULL), ERR_OK);
        struct byte_sink *plain = age_writer_sink(writer);
        assert_int_equal(plain->write(plain, forge.tar.text, forge.tar.len, NULL), ERR_OK);
        assert_int_equal(age_writer_finish(writer, NULL), ERR_OK);
        age_writer_free(writer);
        fclose(out.file);
}

static enum err_code forged(void)
{
        const char *path = in_scratch("forged.simae");
        struct age_identity identity = sample_identity();
        struct age_keys *keys = sample_keys();
        if (forge_format == 2)
                seal_forged(path, &identity.recipient, NULL);
        else
                spill(path, forge.tar.text, forge.tar.len);
        err.text[0] = '\0';
        enum err_code rc = bundle_read_with(path, keys, NULL, NULL, &err);
        age_keys_free(keys);
        forge_nothing();
        return rc;
}

static const char good[] = "{\"a\":1}";

static enum err_code forged_segment(const char *lines, size_t len, int revisions)
{
        forge_begin(0, revisions);
        forge_packed("records/000001.ndjson.zst", lines, len);
        forge_end();
        return forged();
}

static enum err_code forged_body(const char *body, size_t len)
{
        struct str lines = STR_INIT;
        add_line(&lines, body, len);
        enum err_code rc = forged_segment(lines.text, lines.len, 1);
        str_release(&lines);
        return rc;
}

static void test_forging_works(void **state)
{
        (void)state;
        assert_int_equal(forged_body(good, sizeof good - 1), ERR_OK);
        forge_begin(2, 0);
        forge_form("a: 1\n");
        forge_form("b: 1\n");
        forge_end();
        assert_int_equal(forged(), ERR_OK);
}

static void test_bad_bodies(void **state)
{
        static const struct {
                const char *body;
                size_t len;
        } bodies[] = {
#define BODY(text) {text, sizeof text - 1}
                BODY("{}"),
                BODY("{\"a\":1,\"a\":2}"),
                BODY("{\"id\":1}"),
                BODY("{\"a\":1}}"),
                BODY("{\"a\":1"),
                BODY("{\"a\":\"\xc3\x28\"}"),
                BODY("{\"a\":\"\xed\xa0\x80\"}"),
                BODY("{\"a\":\"\\ud800\"}"),
                BODY("{\"a\":\"\\u0000\"}"),
                BODY("{\"a\":\"x\0y\"}"),
                BODY("{\"a\":1} 2"),
                BODY("{\"a\":99999999999999999999}"),
                BODY("{\"a\":1e999}"),
                BODY("{\"a\":NaN}"),
                BODY("{'a':1}"),
                BODY("{\"a\":1,}"),
                BODY("{\"a\":1}\r\r{"),
#undef BODY
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                assert_int_equal(forged_body(bodies[i].body, bodies[i].len), ERR_CORRUPT);
                assert_non_null(strstr(err.text, "records/000001.ndjson.zst, línea 1"));
        }
}

static void test_deep_json(void **state)
{
        struct str body = STR_INIT;
        (void)state;
        str_add(&body, "{\"a\":");
        for (int i = 0; i < 1000000; i++)
                str_addc(&body, '[');
        for (int i = 0; i < 1000000; i++)
                str_addc(&body, ']');
        str_addc(&body, '}');
        assert_int_equal(forged_body(body.text, body.len), ERR_CORRUPT);
        str_release(&body);
}

static void test_bad_lines(void **state)
{
        struct str lines = STR_INIT;
        (void)state;
        add_line(&lines, good, sizeof good - 1);
        assert_int_equal(forged_segment(lines.text, lines.len - 1, 1), ERR_CORRUPT); /* no line end */
        assert_int_equal(forged_segment(lines.text, lines.len, 0), ERR_CORRUPT);
        assert_int_equal(forged_segment(lines.text, lines.len, 2), ERR_CORRUPT);
        assert_int_equal(forged_segment("", 0, 0), ERR_CORRUPT);
        assert_int_equal(forged_segment("\n", 1, 1), ERR_CORRUPT);
        lines.text[10] = lines.text[10] == 'a' ? 'b' : 'a'; /* another id */
        assert_int_equal(forged_segment(lines.text, lines.len, 1), ERR_CORRUPT);
        str_clear(&lines);
        add_line(&lines, good, sizeof good - 1);
        for (char *c = lines.text + 7; c < lines.text + 71; c++)
                *c = (char)(*c >= 'a' ? *c - 'a' + 'A' : *c);
        assert_int_equal(forged_segment(lines.text, lines.len, 1), ERR_CORRUPT);
        str_clear(&lines);
        add_line(&lines, good, sizeof good - 1);
        str_splice(&lines, 1, 0, " ", 1);
        assert_int_equal(forged_segment(lines.text, lines.len, 1), ERR_CORRUPT);
        str_release(&lines);
}

static void test_order_and_names(void **state)
{
        struct str lines = STR_INIT;
        (void)state;
        add_line(&lines, good, sizeof good - 1);

        forge_begin(1, 1); /* a form after the records */
        forge_packed("records/000001.ndjson.zst", lines.text, lines.len);
        forge_form("a: 1\n");
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(0, 1); /* a segment left out */
        forge_packed("records/000002.ndjson.zst", lines.text, lines.len);
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(0, 2); /* a segment twice */
        forge_packed("records/000001.ndjson.zst", lines.text, lines.len);
        forge_packed("records/000001.ndjson.zst", lines.text, lines.len);
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(2, 0); /* a form twice */
        forge_form("a: 1\n");
        forge_form("a: 1\n");
        forge_end();
        assert_int_equal(forged(), ERR_CORRUPT);

        forge_begin(0, 0); /* two headers */
        forge_header(1, 0, 0, "\"\"");
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(0, 0); /* something after B2SUMS */
        tar_write(&forge.writer, "B2SUMS", forge.sums.text, forge.sums.len, NULL);
        forge_packed("records/000001.ndjson.zst", lines.text, lines.len);
        tar_write_end(&forge.writer, NULL);
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(0, 0); /* no B2SUMS */
        tar_write_end(&forge.writer, NULL);
        assert_int_equal(forged(), ERR_CORRUPT);

        forge_nothing(); /* no header */
        forge_packed("records/000001.ndjson.zst", lines.text, lines.len);
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);

        forge_nothing(); /* nothing */
        tar_write_end(&forge.writer, NULL);
        assert_int_equal(forged(), ERR_INVALID);
        str_release(&lines);
}

static void test_foreign_names(void **state)
{
        static const char *const names[] = {
                "../header.json",
                "/etc/passwd",
                "records/../../x",
                "records/1.ndjson.zst",
                "forms/x.yaml.zst",
                "./records/000001.ndjson.zst",
                "forms/",
                "forms/.yaml.zst",
                "B2SUMS.minisig",
                "files/x.jpg",
                "forms/00000000000000000000000000000000000000000000000000000000000000AA.yaml.zst",
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                forge_begin(1, 1);
                forge_entry(names[i], "x", 1);
                forge_end();
                assert_int_equal(forged(), ERR_INVALID);
                assert_non_null(strstr(err.text, names[i]));
                assert_int_not_equal(access("/tmp/header.json", F_OK), 0);
        }
}

/* A header of our own kind with one field changed and its sum made right again. */
static void patch_header(char *block, int at, const char *text, size_t len)
{
        unsigned sum = 0;
        memcpy(block + at, text, len);
        memset(block + 148, ' ', 8);
        for (int i = 0; i < TAR_BLOCK; i++)
                sum += (unsigned char)block[i];
        snprintf(block + 148, 8, "%06o", sum);
}

static void test_other_kinds_of_tar_entries(void **state)
{
        static const struct {
                int at;
                const char *text;
                size_t len;
        } patches[] = {
                {156, "2", 1},
                {156, "1", 1},
                {156, "3", 1},
                {156, "5", 1},
                {156, "6", 1},
                {156, "x", 1},
                {156, "g", 1},
                {156, "L", 1},
                {156, "\0", 1},
                {156, "7", 1},
                {100, "0000755", 7},
                {100, "0004755", 7},
                {136, "00000000001", 11},
                {157, "/etc/passwd", 11},
                {265, "root", 4},
                {297, "root", 4},
                {345, "..", 2},
                {108, "0000001", 7},
                {257, "ustar  ", 8},
                {124, "\x80\0\0\0\0\0\0\0\0\0\x01\0", 12},
                {0, "a\033]0;x\a", 7},
                {500, "x", 1},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(patches); i++) {
                forge_begin(0, 1);
                size_t at = forge.tar.len;
                forge_entry("records/000001.ndjson.zst", "x", 1);
                patch_header(forge.tar.text + at, patches[i].at, patches[i].text, patches[i].len);
                forge_end();
                assert_int_equal(forged(), ERR_CORRUPT);
                assert_null(strchr(err.text, '\033'));
        }
}

static void test_absurd_sizes(void **state)
{
        (void)state;
        forge_begin(0, 1);
        size_t at = forge.tar.len;
        forge_entry("records/000001.ndjson.zst", "x", 1);
        patch_header(forge.tar.text + at, 124, "77777777777", 11);
        assert_int_equal(forged(), ERR_LIMIT);

        forge_begin(0, 1); /* within the total, but no segment packs to this */
        at = forge.tar.len;
        forge_entry("records/000001.ndjson.zst", "x", 1);
        patch_header(forge.tar.text + at, 124, "00040000000", 11);
        assert_int_equal(forged(), ERR_LIMIT);

        forge_begin(0, 0);
        patch_header(forge.tar.text, 124, "00000300000", 11);
        assert_int_equal(forged(), ERR_LIMIT);

        forge_begin(0, 0); /* a list far longer than the entries give */
        tar_write(&forge.writer, "B2SUMS", forge.sums.text, forge.sums.len, NULL);
        patch_header(forge.tar.text + forge.tar.len - 1024, 124, "07777777777", 11);
        assert_int_equal(forged(), ERR_CORRUPT);
}

static void test_headers(void **state)
{
        static char long_to[BUNDLE_TO + 3];
        const char *const tos[] = {
                "\"a\\u001b[2J\"",
                "\"\\u009b\"",
                "1",
                "null",
                "\"\\n\"",
                long_to};
        (void)state;
        memset(long_to, 'a', BUNDLE_TO + 2);
        long_to[0] = long_to[BUNDLE_TO + 1] = '"';
        for (size_t i = 0; i < ARRAY_LEN(tos); i++) {
                forge_nothing();
                forge_header(1, 0, 0, tos[i]);
                forge_end();
                assert_int_equal(forged(), ERR_CORRUPT);
        }
        forge_nothing();
        forge_header(3, 0, 0, "{\"nuevo\":true}");
        assert_int_equal(forged(), ERR_NEWER); /* before anything else of it is understood */
        forge_begin(-1, 0);
        forge_end();
        assert_int_equal(forged(), ERR_CORRUPT);
        forge_begin(0, 1);
        forge_end();
        assert_int_equal(forged(), ERR_CORRUPT);
}

/* ---- zstd ---- */

static enum err_code forged_frame(const void *frame, size_t len)
{
        forge_begin(0, 1);
        forge_entry("records/000001.ndjson.zst", frame, len);
        forge_end();
        return forged();
}

static void test_bombs(void **state)
{
        size_t big = (size_t)64 << 20, n;
        char *zeros = calloc(1, big);
        (void)state;
        assert_int_equal(forged_frame(packed, pack(zeros, big)), ERR_LIMIT);
        assert_int_equal(forged_frame(packed, pack(zeros, BUNDLE_SEGMENT_MAX + 1)), ERR_LIMIT);
        n = pack(zeros, big);
        memcpy(packed + 6, "\x00\x10\x00\x00", 4); /* declares 4096: flags, window, then the size */
        assert_int_equal(forged_frame(packed, n), ERR_CORRUPT);
        n = pack(zeros, big);
        memcpy(packed + 6, "\x00\x00\x40\x00", 4); /* 4 MiB, the most allowed */
        assert_int_equal(forged_frame(packed, n), ERR_CORRUPT);
        free(zeros);
}

static void test_windows(void **state)
{
        /* magic, flags (4 bytes of size, checksum), window, size 1, a last raw block, a wrong checksum */
        char frame[] = "\x28\xb5\x2f\xfd\x84\x70\x01\x00\x00\x00\x09\x00\x00x\0\0\0\0";
        (void)state;
        assert_int_equal(forged_frame(frame, sizeof frame - 1), ERR_LIMIT); /* 2^24 */
        frame[5] = 0x69;
        assert_int_equal(forged_frame(frame, sizeof frame - 1), ERR_LIMIT); /* 2^23 and an eighth */
        frame[5] = (char)0xf8;
        assert_int_equal(forged_frame(frame, sizeof frame - 1), ERR_LIMIT); /* 2^41 */
        frame[5] = 0x68;
        assert_int_equal(forged_frame(frame, sizeof frame - 1), ERR_CORRUPT); /* 2^23 is allowed */
}

static void test_frames_of_another_kind(void **state)
{
        char twice[400];
        (void)state;
        struct str lines = STR_INIT;
        add_line(&lines, good, sizeof good - 1);
        size_t n = pack(lines.text, lines.len);
        memcpy(twice, packed, n);
        memcpy(twice + n, packed, n);
        assert_int_equal(forged_frame(twice, n), ERR_OK);
        assert_int_equal(forged_frame(twice, 2 * n), ERR_CORRUPT);
        assert_int_equal(forged_frame(twice, n - 1), ERR_CORRUPT);
        memcpy(twice + n, "\x50\x2a\x4d\x18\x04\0\0\0hide", 12); /* a frame to skip */
        assert_int_equal(forged_frame(twice, n + 12), ERR_CORRUPT);
        assert_int_equal(forged_frame(twice + n, 12), ERR_CORRUPT);
        assert_int_equal(forged_frame("", 0), ERR_CORRUPT);
        assert_int_equal(forged_frame("hello, I am not zstd", 20), ERR_CORRUPT);

        ZSTD_CCtx *context = ZSTD_createCCtx(); /* right in all but one thing */
        for (int i = 0; i < 2; i++) {
                ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, i);
                ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, !i);
                n = ZSTD_compress2(context, packed, sizeof packed, lines.text, lines.len);
                assert_int_equal(forged_frame(packed, n), ERR_CORRUPT);
        }
        ZSTD_freeCCtx(context);
        str_release(&lines);
}

static void test_not_bundles(void **state)
{
        static const char words[] = "Estimado colega, adjunto lo pedido.\n";
        struct str text = STR_INIT;
        (void)state;
        for (int i = 0; i < 100; i++)
                str_add(&text, words);
        spill(in_scratch("carta.txt"), text.text, text.len);
        str_release(&text);
        assert_int_equal(bundle_read(in_scratch("carta.txt"), NULL, NULL, &err), ERR_INVALID);
        assert_int_equal(bundle_read(scratch, NULL, NULL, &err), ERR_INVALID);
        assert_int_equal(bundle_read(in_scratch("no-está"), NULL, NULL, &err), ERR_NOT_FOUND);
        assert_int_equal(run("mkfifo tubo"), 0);
        assert_int_equal(bundle_read(in_scratch("tubo"), NULL, NULL, &err), ERR_INVALID);
        assert_int_equal(run(": > vacio.simae"), 0);
        assert_int_equal(bundle_read(in_scratch("vacio.simae"), NULL, NULL, &err), ERR_CORRUPT);
        assert_int_equal(sample_bundle(in_scratch("gnu.simae"), 2, 10, &err), ERR_OK);
        assert_int_equal(
                run("mkdir g && tar xf gnu.simae -C g && cd g && tar --format=ustar -cf ../gnu.simae "
                    "header.json forms/* records/* B2SUMS"),
                0);
        assert_int_equal(bundle_read(in_scratch("gnu.simae"), NULL, NULL, &err), ERR_INVALID);
}

/* ---- Whom it is for, and who signed ---- */

static int second_format(void **state)
{
        (void)state;
        forge_format = 2;
        return 0;
}

static int first_format(void **state)
{
        (void)state;
        forge_format = 1;
        return 0;
}

static enum err_code forged_comment(const char *comment)
{
        forge_begin(0, 0);
        forge_sums();
        forge_signature(comment);
        tar_write_end(&forge.writer, NULL);
        return forged();
}

static void test_signatures(void **state)
{
        char other[256];
        (void)state;
        assert_int_equal(forged_comment(right_comment()), ERR_OK);
        assert_int_equal(forged_comment(""), ERR_CORRUPT);
        assert_non_null(strstr(err.text, "firma"));
        strcpy(other, right_comment());
        other[strlen(other) - 1] ^= 1; /* of another bundle */
        assert_int_equal(forged_comment(other), ERR_CORRUPT);

        forge_begin(0, 0); /* none */
        forge_sums();
        tar_write_end(&forge.writer, NULL);
        assert_int_equal(forged(), ERR_CORRUPT);
        assert_non_null(strstr(err.text, "falta la firma"));

        forge_begin(0, 0); /* twice */
        forge_sums();
        forge_signature(right_comment());
        forge_signature(right_comment());
        tar_write_end(&forge.writer, NULL);
        assert_int_equal(forged(), ERR_INVALID);

        forge_begin(0, 0); /* by another key than the header names */
        forge_sums();
        struct sign_key key;
        struct str text = STR_INIT;
        struct b2 sum = b2_of(forge.sums.text, forge.sums.len);
        sign_key_make(&key);
        memcpy(key.public.id, sample_key()->public.id, SIGN_ID);
        minisig_write(&key, sum.bytes, "simae", right_comment(), &text);
        tar_write(&forge.writer, "B2SUMS.minisig", text.text, text.len, NULL);
        tar_write_end(&forge.writer, NULL);
        str_release(&text);
        assert_int_equal(forged(), ERR_CORRUPT);
}

/* Bytes from 128 on are no base64, whatever libsodium thinks. */
static void test_strange_base64(void **state)
{
        struct b2 sum = b2_of("x", 1);
        struct str text = STR_INIT;
        struct sign_public parsed;
        char line[SIGN_PUBLIC_TEXT];
        (void)state;
        minisig_write(sample_key(), sum.bytes, "simae", "a", &text);
        assert_true(minisig_check(text.text, text.len, &sample_key()->public, sum.bytes, "simae", "a"));
        assert_false(minisig_check(text.text, text.len, &sample_key()->public, sum.bytes, "simae", "b"));
        for (size_t i = 0; i < text.len; i++) {
                for (unsigned c = 1; c < 256; c++) {
                        char before = text.text[i];
                        if ((char)c == before)
                                continue;
                        text.text[i] = (char)c;
                        assert_false(minisig_check(text.text, text.len, &sample_key()->public, sum.bytes, "simae", "a"));
                        text.text[i] = before;
                        if (c > 1 && c < 0x80 && c != '/')
                                c += 37; /* all of the high ones, some of the others */
                }
        }
        sign_public_text(&sample_key()->public, line);
        assert_int_equal(sign_public_parse(line, &parsed, NULL), ERR_OK);
        assert_true(sign_public_equal(&parsed, &sample_key()->public));
        for (unsigned c = 0x80; c < 0x100; c++) {
                line[20] = (char)c;
                assert_int_equal(sign_public_parse(line, &parsed, NULL), ERR_INVALID);
        }
        str_release(&text);
}

/* What was signed for one key and sealed again for ours by somebody who could read it. */
static void test_sealed_again_for_another(void **state)
{
        struct age_identity other;
        struct age_keys *keys = sample_keys();
        const char *path = in_scratch("again.simae");
        (void)state;
        age_identity_make(&other);
        age_keys_add_identity(keys, &other);
        assert_int_equal(age_keys_add_passphrase(keys, "frase", NULL), ERR_OK);
        forge_begin(0, 0);
        forge_end();
        seal_forged(path, &other.recipient, NULL);
        assert_int_equal(bundle_read_with(path, keys, NULL, NULL, &err), ERR_REFUSED);
        assert_non_null(strstr(err.text, "lo volvió a cifrar"));
        seal_forged(path, NULL, "frase");
        assert_int_equal(bundle_read_with(path, keys, NULL, NULL, &err), ERR_REFUSED);
        assert_non_null(strstr(err.text, "lo volvió a cifrar"));
        struct age_identity own = sample_identity();
        seal_forged(path, &own.recipient, NULL);
        assert_int_equal(bundle_read_with(path, keys, NULL, NULL, &err), ERR_OK);
        forge_format = 1; /* one without signature, sealed */
        forge_begin(0, 0);
        forge_end();
        seal_forged(path, &own.recipient, NULL);
        assert_int_equal(bundle_read_with(path, keys, NULL, NULL, &err), ERR_INVALID);
        assert_non_null(strstr(err.text, "no lleva firma"));
        spill(path, forge.tar.text, forge.tar.len);
        struct bundle_info info;
        assert_int_equal(bundle_read(path, NULL, &info, &err), ERR_OK);
        assert_false(info.is_signed || info.sealed);
        age_keys_free(keys);
}

/* ---- Lists of ids ---- */

static enum err_code forged_have(const void *packed_ids, size_t len, int have)
{
        char text[2048], *at;
        forge_begin(0, 0);
        /* The header again, with another count of ids. */
        snprintf(text, sizeof text, "%s", forge.tar.text + TAR_BLOCK);
        at = strstr(text, "\"have\":0");
        assert_non_null(at);
        at[7] = (char)('0' + have);
        size_t header = strlen(text);
        forge_nothing();
        forge_entry("header.json", text, header);
        forge_entry("have.ndjson.zst", packed_ids, len);
        forge_end();
        return forged();
}

static void test_lists_of_ids(void **state)
{
        char lines[3 * 67 + 1], twice[400];
        size_t n;
        (void)state;
        for (int i = 0; i < 3; i++)
                snprintf(lines + 67 * i, 68, "\"%064x\"\n", i);
        n = pack(lines, sizeof lines - 1);
        assert_int_equal(forged_have(packed, n, 3), ERR_OK);
        assert_int_equal(forged_have(packed, n, 2), ERR_CORRUPT);
        assert_int_equal(forged_have(packed, n, 4), ERR_CORRUPT);
        assert_int_equal(forged_have(packed, n - 1, 3), ERR_CORRUPT);
        assert_int_equal(forged_have(packed, 5, 3), ERR_CORRUPT);
        assert_int_equal(forged_have("", 0, 0), ERR_OK); /* nothing to say: of no harm */
        assert_int_equal(forged_have("hello, I am not zstd", 20, 1), ERR_CORRUPT);
        n = pack(lines, 67); /* two frames */
        memcpy(twice, packed, n);
        memcpy(twice + n, packed, n);
        assert_int_equal(forged_have(twice, 2 * n, 2), ERR_OK);
        assert_int_equal(forged_have(twice, 2 * n - 1, 2), ERR_CORRUPT);
        assert_int_equal(forged_have(packed, pack(lines, 66), 1), ERR_CORRUPT);
        lines[67 * 1 + 64] = 'A';
        assert_int_equal(forged_have(packed, pack(lines, 3 * 67), 3), ERR_CORRUPT);
        size_t big = (size_t)64 << 20;
        char *zeros = calloc(1, big);
        assert_int_equal(forged_have(packed, pack(zeros, big), 1), ERR_CORRUPT);
        free(zeros);
}

/* ---- Attached files ---- */

/* Named by what it holds, between `before` and `after`. */
static void forge_file(const char *before, const char *after, const char *content)
{
        char name[160], hex[HASH_TEXT];
        struct hash hash = hash_of(content, strlen(content));
        snprintf(name, sizeof name, "%s%s%s", before, hash_format(&hash, hex), after);
        forge_entry(name, content, strlen(content));
}

/* A header that promises so many. */
static void forge_begin_files(int files)
{
        char text[2048], *at;
        forge_begin(0, 0);
        snprintf(text, sizeof text, "%s", forge.tar.text + TAR_BLOCK);
        at = strstr(text, "\"have\":0");
        assert_non_null(at);
        struct str header = STR_INIT;
        str_addf(&header, "%.*s,\"files\":%d%s", (int)(at + 8 - text), text, files, at + 8);
        forge_nothing();
        forge_entry("header.json", header.text, header.len);
        str_release(&header);
}

static enum err_code forged_file(const char *before, const char *after, const char *content, int files)
{
        forge_begin_files(files);
        forge_file(before, after, content);
        forge_end();
        return forged();
}

static void test_attached_files(void **state)
{
        (void)state;
        assert_int_equal(forged_file("files/", ".pdf", "el acta", 1), ERR_OK);
        assert_int_equal(forged_file("files/", ".pdf", "el acta", 0), ERR_CORRUPT);
        assert_int_equal(forged_file("files/", ".pdf", "el acta", 2), ERR_CORRUPT);
        assert_int_equal(forged_file("files/", ".pdf", "", 1), ERR_CORRUPT);
        assert_int_equal(forged_file("files/", ".PDF", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("files/", "", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("files/", ".", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("files/../", ".pdf", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("files/a/", ".pdf", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("/files/", ".pdf", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("", ".pdf", "el acta", 1), ERR_INVALID);
        assert_int_equal(forged_file("files/", ".ninecharx", "el acta", 1), ERR_INVALID);
        forge_begin_files(1); /* another's name */
        forge_entry("files/0000000000000000000000000000000000000000000000000000000000000000.pdf", "x", 1);
        forge_end();
        assert_int_equal(forged(), ERR_CORRUPT);
        forge_begin_files(2); /* twice, under two endings */
        forge_file("files/", ".pdf", "el acta");
        forge_file("files/", ".txt", "el acta");
        forge_end();
        assert_int_equal(forged(), ERR_CORRUPT);
        forge_begin_files(1); /* before what comes first */
        forge_file("files/", ".pdf", "el acta");
        forge_packed("records/000001.ndjson.zst", "{}\n", 3);
        forge_end();
        assert_int_equal(forged(), ERR_INVALID);
}

static int release_forge(void **state)
{
        forge_nothing();
        return remove_scratch(state);
}

int main(void)
{
#define SECOND(name) cmocka_unit_test_setup_teardown(name, second_format, first_format)
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_flipped_byte_is_noticed),
                cmocka_unit_test(test_every_truncation_is_noticed),
                cmocka_unit_test(test_what_follows_the_end_is_noticed),
                cmocka_unit_test(test_lost_and_zeroed_blocks_are_noticed),
                cmocka_unit_test(test_a_file_that_changes_between_the_passes),
                cmocka_unit_test(test_every_flipped_byte_of_a_sealed_one_is_noticed),
                cmocka_unit_test(test_damage_to_a_large_sealed_one_is_noticed),
                cmocka_unit_test(test_forging_works),
                cmocka_unit_test(test_bad_bodies),
                cmocka_unit_test(test_deep_json),
                cmocka_unit_test(test_bad_lines),
                cmocka_unit_test(test_order_and_names),
                cmocka_unit_test(test_foreign_names),
                cmocka_unit_test(test_other_kinds_of_tar_entries),
                cmocka_unit_test(test_absurd_sizes),
                cmocka_unit_test(test_headers),
                cmocka_unit_test(test_bombs),
                cmocka_unit_test(test_windows),
                cmocka_unit_test(test_frames_of_another_kind),
                cmocka_unit_test(test_not_bundles),
                SECOND(test_forging_works),
                SECOND(test_bad_bodies),
                SECOND(test_deep_json),
                SECOND(test_bad_lines),
                SECOND(test_order_and_names),
                SECOND(test_foreign_names),
                SECOND(test_other_kinds_of_tar_entries),
                SECOND(test_absurd_sizes),
                SECOND(test_headers),
                SECOND(test_bombs),
                SECOND(test_windows),
                SECOND(test_frames_of_another_kind),
                SECOND(test_signatures),
                SECOND(test_strange_base64),
                SECOND(test_sealed_again_for_another),
                SECOND(test_lists_of_ids),
                SECOND(test_attached_files),
        };
        str_init(&forge.tar);
        str_init(&forge.sums);
        return cmocka_run_group_tests(tests, make_scratch, release_forge);
}

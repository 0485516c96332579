/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of age in the format of C2SP's test kit: `key: value` lines, an empty
 * line, the file.  `expect:` says how reading ends and `payload:` is the
 * SHA-256 of all that is let through, also when it ends badly.
 *
 * Ours are in tests/vectors/age, made by its make.py.  $SIMAE_AGE_TESTKIT names
 * a folder with the kit itself (age/testdata of C2SP/CCTV), which then must hold
 * too, except what is not done here: armor and hybrid keys.
 */
#include "test_age.h"

#include <dirent.h>
#include <sodium.h>

struct vector {
        char *bytes; /* header and file */
        const char *file;
        size_t file_len;
        char expect[32], payload[65], unknown[32];
        bool skipped, compressed;
        struct age_keys *keys;
};

static char *slurp(const char *path, size_t *ret_len)
{
        FILE *file = fopen(path, "rb");
        struct str text = STR_INIT;
        char block[65536];
        assert_non_null(file);
        for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
                str_addn(&text, block, n);
        fclose(file);
        *ret_len = text.len;
        return str_detach(&text);
}

static void take_identity(struct vector *vector, const char *text)
{
        struct age_identity identity;
        struct err err;
        if (age_identity_parse(text, &identity, &err) == ERR_OK)
                age_keys_add_identity(vector->keys, &identity);
        else
                vector->skipped = true; /* a kind that is not done here */
}

static void take_line(struct vector *vector, const char *key, const char *value)
{
        if (strcmp(key, "expect") == 0)
                snprintf(vector->expect, sizeof vector->expect, "%s", value);
        else if (strcmp(key, "payload") == 0)
                snprintf(vector->payload, sizeof vector->payload, "%s", value);
        else if (strcmp(key, "identity") == 0)
                take_identity(vector, value);
        else if (strcmp(key, "passphrase") == 0)
                assert_int_equal(age_keys_add_passphrase(vector->keys, value, NULL), ERR_OK);
        else if (strcmp(key, "compressed") == 0)
                vector->compressed = strcmp(value, "zlib") == 0;
        else if (strcmp(key, "armored") == 0)
                vector->skipped = true;
        else if (strcmp(key, "file key") != 0 && strcmp(key, "comment") != 0)
                snprintf(vector->unknown, sizeof vector->unknown, "%s", key);
}

/* zlib is no library of ours; Python has it. */
static void inflate(struct vector *vector, const char *path)
{
        struct str command = STR_INIT, plain = STR_INIT;
        char block[65536];
        str_addf(&command,
                 "python3 -c 'import sys, zlib; b = open(sys.argv[1], \"rb\").read(); "
                 "sys.stdout.buffer.write(zlib.decompress(b[b.index(b\"\\n\\n\") + 2:]))' '%s'",
                 path);
        FILE *pipe = popen(command.text, "r");
        assert_non_null(pipe);
        for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;)
                str_addn(&plain, block, n);
        assert_int_equal(pclose(pipe), 0);
        str_release(&command);
        free(vector->bytes);
        vector->file_len = plain.len;
        vector->file = vector->bytes = str_detach(&plain);
}

static struct vector load(const char *path)
{
        struct vector vector = {.keys = age_keys_new()};
        size_t len;
        vector.bytes = slurp(path, &len);
        char *at = vector.bytes, *end;
        for (; *at != '\n'; at = end + 1) {
                char *colon = strstr(at, ": ");
                end = strchr(at, '\n');
                assert_true(end && colon && colon < end);
                *colon = *end = '\0';
                take_line(&vector, at, colon + 2);
        }
        vector.file = at + 1;
        vector.file_len = len - (size_t)(vector.file - vector.bytes);
        if (vector.compressed)
                inflate(&vector, path);
        return vector;
}

static const char *failure_words(enum age_failure failure)
{
        static const char *const words[] = {
                [AGE_OK] = "success",
                [AGE_BAD_HEADER] = "header failure",
                [AGE_NO_MATCH] = "no match",
                [AGE_BAD_MAC] = "HMAC failure",
                [AGE_BAD_PAYLOAD] = "payload failure",
                [AGE_UNREADABLE] = "unreadable",
        };
        return words[failure];
}

/* True if it holds. */
static bool check(const struct vector *vector, const char *path)
{
        struct outcome outcome = open_bytes(vector->file, vector->file_len, vector->keys);
        unsigned char hash[crypto_hash_sha256_BYTES];
        char hex[2 * sizeof hash + 1];
        crypto_hash_sha256(hash, (const unsigned char *)outcome.plain.text, outcome.plain.len);
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        bool good = strcmp(vector->expect, failure_words(outcome.failure)) == 0;
        if (good && vector->payload[0])
                good = strcmp(hex, vector->payload) == 0;
        else if (good)
                good = outcome.plain.len == 0;
        if (!good)
                printf("%s: expected %s, found %s (%zu bytes, %s)\n", path, vector->expect,
                       failure_words(outcome.failure), outcome.plain.len,
                       outcome.code ? outcome.err.text : "");
        str_release(&outcome.plain);
        return good;
}

struct count {
        int passed, failed, skipped;
};

static void run_file(const char *path, struct count *count)
{
        struct vector vector = load(path);
        if (vector.skipped || vector.unknown[0])
                count->skipped++;
        else if (check(&vector, path))
                count->passed++;
        else
                count->failed++;
        age_keys_free(vector.keys);
        free(vector.bytes);
}

/* Every file of a folder but make.py and, as not done here, those of hybrid keys. */
static struct count run_folder(const char *folder)
{
        struct count count = {0};
        DIR *dir = opendir(folder);
        assert_non_null(dir);
        for (struct dirent *entry; (entry = readdir(dir));) {
                char *path = xasprintf("%s/%s", folder, entry->d_name);
                if (str_starts(entry->d_name, "hybrid"))
                        count.skipped++;
                else if (entry->d_name[0] != '.' && !strchr(entry->d_name, '.'))
                        run_file(path, &count);
                free(path);
        }
        closedir(dir);
        return count;
}

static void test_ours(void **state)
{
        char *folder = xasprintf("%s/tests/vectors/age", getenv("SIMAE_TREE"));
        struct count count = run_folder(folder);
        (void)state;
        printf("%d vectors hold\n", count.passed);
        assert_int_equal(count.failed, 0);
        assert_int_equal(count.skipped, 0);
        assert_true(count.passed >= 60);
        free(folder);
}

static void test_kit(void **state)
{
        const char *folder = getenv("SIMAE_AGE_TESTKIT");
        (void)state;
        if (!folder || !*folder) {
                printf("skipped: SIMAE_AGE_TESTKIT does not name C2SP's test kit\n");
                skip();
        }
        struct count count = run_folder(folder);
        printf("C2SP's kit: %d hold, %d do not, %d are of kinds not done here\n", count.passed, count.failed,
               count.skipped);
        assert_int_equal(count.failed, 0);
        assert_true(count.passed >= 92);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_ours),
                cmocka_unit_test(test_kit),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}

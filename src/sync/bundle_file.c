/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a file to the tar of a bundle (contract in sync/bundle.h): through age
 * with somebody's keys, or as it is; what its first bytes say decides.  The file
 * is opened once.  A bundle that is just being written is read with the writer's
 * own key, from wherever its bytes come.
 */
#include <string.h>

#include "bundle_priv.h"
#include "stream.h"

/* Where what was read goes. */
struct reading {
        const struct bundle_sink *sink;
        struct bundle_info *info;
        bool sink_failed;
};

static enum err_code read_sealed(struct byte_source *file, const struct age_keys *keys, struct reading *reading, struct err *err)
{
        struct age_reader *age = age_reader_new(file);
        struct age_keys *none = age_keys_new();
        struct bundle_source from = {.tar = age_reader_source(age), .age = age};
        enum err_code rc = age_reader_open(age, keys ? keys : none, err);
        if (rc == ERR_OK)
                rc = bundle_read_tar(&from, reading->sink, reading->info, &reading->sink_failed, err);
        age_keys_free(none);
        age_reader_free(age);
        return rc;
}

static enum err_code read_either(struct byte_source *file, const struct age_keys *keys, struct reading *reading, struct err *err)
{
        struct bundle_source plain = {.tar = file};
        char begin[32];
        size_t got;
        enum err_code rc = file->read(file, begin, sizeof begin, &got, err);
        if (rc == ERR_OK)
                rc = file->rewind(file, err);
        if (rc != ERR_OK)
                return rc;
        return age_begins(begin, got) ? read_sealed(file, keys, reading, err)
                                      : bundle_read_tar(&plain, reading->sink, reading->info, &reading->sink_failed, err);
}

static enum err_code name_file(const char *path, struct err *err)
{
        const char *slash = strrchr(path, '/');
        return err_wrap(err, "%s", slash ? slash + 1 : path);
}

enum err_code bundle_read_with(const char *path, const struct age_keys *keys, const struct bundle_sink *sink,
                               struct bundle_info *ret, struct err *err)
{
        struct file_source source;
        struct reading reading = {.sink = sink, .info = ret};
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        rc = read_either(&source.base, keys, &reading, err);
        if (rc != ERR_OK && !reading.sink_failed)
                name_file(path, err);
        file_source_release(&source);
        return rc;
}

enum err_code bundle_read_own(struct byte_source *source, const char *path, const struct age_writer *writer,
                              struct bundle_info *ret, struct err *err)
{
        bool sink_failed;
        struct age_reader *age = age_reader_new(source);
        struct bundle_source from = {.tar = age_reader_source(age), .age = age, .own = true};
        enum err_code rc = age_reader_open_own(age, writer, err);
        if (rc == ERR_OK)
                rc = bundle_read_tar(&from, NULL, ret, &sink_failed, err);
        age_reader_free(age);
        return rc == ERR_OK ? rc : name_file(path, err);
}

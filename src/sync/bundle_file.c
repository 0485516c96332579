/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a file to the tar of a bundle (contract in sync/bundle.h): through age
 * with somebody's keys or with the writer's own, or as it is.  The file is
 * opened once; what its first bytes say decides.
 */
#include <string.h>

#include "bundle_priv.h"
#include "stream.h"

/* How a sealed file is opened. */
struct opening {
        const struct age_keys *keys;
        const struct age_writer *writer; /* not NULL: by the one who wrote it */
};

/* Where what was read goes. */
struct reading {
        const struct bundle_sink *sink;
        struct bundle_info *info;
        bool sink_failed;
};

static enum err_code read_sealed(struct byte_source *file, const struct opening *opening, struct reading *reading,
                                 struct err *err)
{
        struct age_reader *age = age_reader_new(file);
        struct age_keys *none = age_keys_new();
        struct bundle_source from = {.tar = age_reader_source(age), .age = age, .own = opening->writer != NULL};
        enum err_code rc = opening->writer ? age_reader_open_own(age, opening->writer, err)
                                           : age_reader_open(age, opening->keys ? opening->keys : none, err);
        if (rc == ERR_OK)
                rc = bundle_read_tar(&from, reading->sink, reading->info, &reading->sink_failed, err);
        age_keys_free(none);
        age_reader_free(age);
        return rc;
}

static enum err_code read_either(struct byte_source *file, const struct opening *opening, struct reading *reading,
                                 struct err *err)
{
        struct bundle_source plain = {.tar = file};
        char begin[32];
        size_t got;
        enum err_code rc = file->read(file, begin, sizeof begin, &got, err);
        if (rc == ERR_OK)
                rc = file->rewind(file, err);
        if (rc != ERR_OK)
                return rc;
        return age_begins(begin, got) ? read_sealed(file, opening, reading, err)
                                      : bundle_read_tar(&plain, reading->sink, reading->info, &reading->sink_failed, err);
}

static enum err_code read_file(const char *path, const struct opening *opening, const struct bundle_sink *sink,
                               struct bundle_info *ret, struct err *err)
{
        struct file_source source;
        struct reading reading = {.sink = sink, .info = ret};
        const char *slash = strrchr(path, '/');
        enum err_code rc = file_source_init(&source, path, err);
        if (rc != ERR_OK)
                return rc;
        rc = read_either(&source.base, opening, &reading, err);
        if (rc != ERR_OK && !reading.sink_failed)
                err_wrap(err, "%s", slash ? slash + 1 : path);
        file_source_release(&source);
        return rc;
}

enum err_code bundle_read_with(const char *path, const struct age_keys *keys, const struct bundle_sink *sink,
                               struct bundle_info *ret, struct err *err)
{
        return read_file(path, &(struct opening){.keys = keys}, sink, ret, err);
}

enum err_code bundle_read_own(const char *path, const struct age_writer *writer, struct bundle_info *ret,
                              struct err *err)
{
        return read_file(path, &(struct opening){.writer = writer}, NULL, ret, err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a bundle: it is read or refused with a sentence, and only what was verified is handed over. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "sync/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err_code take(void *ctx, const struct hash *hash, const char *text, size_t len, struct err *err)
{
        (void)ctx, (void)hash, (void)err;
        if (text[len] != '\0' || !utf8_valid(text, len, NULL))
                abort();
        return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        static const struct bundle_sink sink = {.form = take, .revision = take};
        struct bundle_info info;
        struct err err = {0};
        int fd = memfd_create("bundle", 0);
        char *path = xasprintf("/proc/self/fd/%d", fd);
        if (fd < 0 || write(fd, data, size) != (ssize_t)size)
                abort();
        if (bundle_read(path, &sink, &info, &err) != ERR_OK && !err.text[0])
                abort();
        close(fd);
        free(path);
        return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as JSON: what is read and written is read again to the same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        json_t *value, *copy;
        struct err err;
        struct str text = STR_INIT, again = STR_INIT;
        if (json_read((const char *)data, size, "fuzz", &value, &err) != ERR_OK)
                return 0;
        json_write(&text, value);
        if (json_read(text.text, text.len, "copy", &copy, &err) != ERR_OK)
                abort();
        json_write(&again, copy);
        if (!str_equal(text.text, again.text))
                abort();
        json_decref(value);
        json_decref(copy);
        str_release(&text);
        str_release(&again);
        return 0;
}

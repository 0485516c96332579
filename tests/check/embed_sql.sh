#!/bin/sh
# embed_sql.sh FILE...: each SQL file as one row MIGRATION("name", "text") for src/store/migrate.c
for file in "$@"; do
        printf 'MIGRATION("%s",\n' "${file##*/}"
        sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/  "/' -e 's/$/\\n"/' "$file"
        printf ')\n'
done

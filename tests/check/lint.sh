#!/bin/sh
# lint.sh FLAGS: clang's analyser over every source, and the files that clang-format would change.
sources=$(find src -name '*.c' | LC_ALL=C sort)
printf '%s\n' $sources | xargs -P "$(nproc)" -n 8 clang --analyze --analyzer-output text -std=c17 -D_GNU_SOURCE \
        -DSIMAE_VERSION='"0"' -DSIMAE_DATADIR='"/usr"' -Iinclude $1
for file in $sources $(find include -name '*.h'); do
        clang-format --dry-run -Werror "$file" >/dev/null 2>&1 || echo "clang-format would change $file"
done | awk '{ n++; if (n <= 10) print } END { if (n > 10) print "… and " n - 10 " more" }'

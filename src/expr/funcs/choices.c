/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions on chosen options: names with blanks between them, as select_multiple stores them. */
#include <math.h>
#include <string.h>

#include "../expr_priv.h"

static const char blanks[] = " \t\r\n";

/* The next name at *p and its length, 0 at the end; *p moves past it. */
static const char *next_name(const char **p, size_t *ret_len)
{
        const char *name = *p + strspn(*p, blanks);
        *ret_len = strcspn(name, blanks);
        *p = name + *ret_len;
        return name;
}

struct value fn_selected(const struct eval *ev, const struct node *call)
{
        const char *names = arg_string(ev, call, 0), *wanted = arg_string(ev, call, 1);
        size_t len, wanted_len;
        wanted = next_name(&wanted, &wanted_len);
        for (const char *name = next_name(&names, &len); len; name = next_name(&names, &len))
                if (len == wanted_len && memcmp(name, wanted, len) == 0)
                        return value_boolean(wanted[len + strspn(wanted + len, blanks)] == '\0');
        return value_boolean(false);
}

struct value fn_count_selected(const struct eval *ev, const struct node *call)
{
        const char *names = arg_string(ev, call, 0);
        size_t len;
        int n = 0;
        for (next_name(&names, &len); len; next_name(&names, &len))
                n++;
        return value_number(n);
}

struct value fn_selected_at(const struct eval *ev, const struct node *call)
{
        const char *names = arg_string(ev, call, 0);
        double index = trunc(arg_number(ev, call, 1));
        size_t len;
        if (!(index >= 0))
                return VALUE_NONE;
        for (const char *name = next_name(&names, &len); len; name = next_name(&names, &len))
                if (index-- == 0)
                        return value_string(arena_strndup(ev->arena, name, len));
        return VALUE_NONE;
}

static const char *label_of(const struct eval *ev, const struct node *call, const char *name)
{
        const struct expr_env *env = ev->env;
        return env->choice_label ? env->choice_label(env->ctx, call->ref, name, ev->arena) : NULL;
}

/* Several marked options give their labels with commas between them. */
static struct value labels_of(const struct eval *ev, const struct node *call, const char *names)
{
        struct buffer out = {.arena = ev->arena};
        size_t len;
        for (const char *name = next_name(&names, &len); len; name = next_name(&names, &len)) {
                const char *label = label_of(ev, call, arena_strndup(ev->arena, name, len));
                if (!label)
                        continue;
                if (out.len)
                        buffer_add(&out, ", ", 2);
                buffer_add(&out, label, strlen(label));
        }
        return buffer_value(&out);
}

struct value fn_choice_name(const struct eval *ev, const struct node *call)
{
        struct value value = arg_value(ev, call, 0);
        const char *names = value_to_string(&value, ev->arena);
        return value.kind == VALUE_SET ? labels_of(ev, call, names) : value_string(label_of(ev, call, names));
}

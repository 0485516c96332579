/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a test lives, and starting the program there (contract in flow.h). */
#include "flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "base/mem.h"
#include "../scratch.h"

int flow_shell(char **ret, const char *format, ...)
{
        char *command = NULL, part[4096];
        va_list args;
        va_start(args, format);
        int n = vasprintf(&command, format, args);
        va_end(args);
        assert_true(n >= 0);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        struct str text = STR_INIT;
        for (size_t len; (len = fread(part, 1, sizeof part, pipe)) > 0;)
                str_addn(&text, part, len);
        int status = pclose(pipe);
        free(command);
        char *out = str_detach(&text);
        if (ret)
                *ret = out;
        else
                free(out);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int flow_place(void **state)
{
        struct place_of_test *at = xcalloc(1, sizeof *at);
        if (!scratch_folder(at->dir, sizeof at->dir, "flow"))
                return -1;
        snprintf(at->data, sizeof at->data, "%s/datos", at->dir);
        snprintf(at->out, sizeof at->out, "%s/memoria", at->dir);
        *state = at;
        return flow_shell(NULL, "mkdir '%s'", at->out);
}

int flow_leave(void **state)
{
        struct place_of_test *at = *state;
        vt_end();
        int status = flow_shell(NULL, "rm -rf '%s'", at->dir);
        free(at);
        return status;
}

void flow_start_with(const struct place_of_test *at, int rows, int cols, const char *variable)
{
        const char *argv[] = {vt_simae(), NULL};
        static int starts; /* another seed each time: the ids of a second start must not be those of the first */
        char *home = xasprintf("HOME=%s", at->dir), *data = xasprintf("SIMAE_HOME=%s", at->data);
        char *seed = xasprintf("SIMAE_TEST_SEED=flow %d", ++starts);
        const char *env[] = {home, data, seed, "SIMAE_TEST_NOW=2026-04-14T09:30:00-05:00", variable, NULL};
        vt_start(argv, env, rows, cols);
        free(seed);
        free(home);
        free(data);
}

void flow_start(const struct place_of_test *at, int rows, int cols)
{
        flow_start_with(at, rows, cols, NULL);
}

void flow_quit(void)
{
        vt_keys("^Q");
        assert_int_equal(vt_wait_exit(), 0);
}

/* The menu is drawn, nothing over it. */
bool flow_at_home(void)
{
        return vt_has("▸ ") && vt_has("Mi perfil") && vt_has("Continuar") && vt_has("F2 Nueva") && !vt_has("┌");
}

void flow_expect_home(void)
{
        if (!flow_at_home())
                vt_expect_has("(la pantalla de inicio, sin nada encima)");
}

void flow_go_home(int most)
{
        for (int i = 0; i < most && !flow_at_home(); i++)
                vt_keys("Esc");
        flow_expect_home();
}

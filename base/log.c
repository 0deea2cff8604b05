/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char *topics;
static FILE *file;

int
nac_log_open(const char *spec)
{
    const char *colon;

    nac_log_close();
    if (!spec || !*spec)
        return 0;
    colon = strrchr(spec, ':');
    if (colon) {
        char *path = nac_strdup(spec);

        path[colon - spec] = 0;
        file = fopen(path, "w");
        free(path);
        if (!file)
            return -1;
        spec = colon + 1;
    }
    topics = nac_strdup(spec);
    return 0;
}

int
nac_log_on(const char *topic)
{
    const char *p = topics;
    size_t n = strlen(topic);

    while (p && *p) {
        size_t len = strcspn(p, ",");

        if (len == n && memcmp(p, topic, n) == 0)
            return 1;
        if (len == 3 && memcmp(p, "all", 3) == 0)
            return 1;
        p += len + (p[len] == ',');
    }
    return 0;
}

FILE *
nac_log_file(void)
{
    return file ? file : stderr;
}

void
nac_log(const char *topic, const char *fmt, ...)
{
    va_list ap;

    if (!nac_log_on(topic))
        return;
    fprintf(nac_log_file(), "[%s] ", topic);
    va_start(ap, fmt);
    vfprintf(nac_log_file(), fmt, ap);
    va_end(ap);
    fputc('\n', nac_log_file());
}

void
nac_log_close(void)
{
    if (file)
        fclose(file);
    file = NULL;
    free(topics);
    topics = NULL;
}

/* SPDX-License-Identifier: MIT
 * runtime/command_line.c: options of the program, CPython's and Nacre's own.
 */
#include "config.h"

#include "runtime/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "runtime/options.h"

static const char usage[] =
    "usage: nacre [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "  -B              no files of compiled code (PYTHONDONTWRITEBYTECODE=x)\n"
    "  -c cmd          program passed in as string\n"
    "  -E              ignore PYTHON* environment variables\n"
    "  -h, --help      this text (also -?)\n"
    "  -I              isolated: -E, -P and -s\n"
    "  -m mod          run library module as a script\n"
    "  -O, -OO         no assertions, __debug__ is False; no docstrings "
    "either\n"
    "  -P              no unsafe path at the head of sys.path\n"
    "  -u              unbuffered standard streams (PYTHONUNBUFFERED=x)\n"
    "  -V, --version   print the version and how traces are compiled\n"
    "  -W arg          warning control (accepted: ignore, default)\n"
    "  -x              skip the first line of the source\n"
    "  -X opt          jit-verbose: a line for each trace on standard error;\n"
    "                  jit-summary: a summary of the traces at the end\n"
    "  --jit=ENGINE    off, eval (interprets traces) or cli (compiles them)\n"
    "  --jit-NAME=N    sets a tunable; --help-jit lists them\n"
    "  --jit-dump=DIR  writes every trace's IR, CIL, assembly and machine "
    "code\n"
    "  --gc-stress     collect at every allocation\n"
    "  --dump=WHAT     tokens, ast or code of the file\n"
    "Accepted without effect: -b -d -q -R -s -S -v\n"
    "Environment: PYTHONPATH, NACRE_LOG=[path:]topics, NACRE_STATS=file\n";

NAC_NORETURN static void
reject(void)
{
    fputs("usage: nacre [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
          "Try `nacre -h' for more information.\n",
          stderr);
    exit(2);
}

NAC_NORETURN static void
unknown_option(const char *option)
{
    fprintf(stderr, "unknown option %s\n", option);
    reject();
}

/* -W action[:message[:category...]]: "ignore" and the actions that show are
 * there, for no message and the two categories that the compiler has. */
static void
warning_option(const char *arg)
{
    static const char *const shown[] = {"default", "always", "module", "once"};
    char action[16] = "", message[2], category[40] = "";
    bool all, plain = sscanf(arg, "%15[^:]:%1[^:]", action, message) < 2;
    bool ignore = strcmp(action, "ignore") == 0, show = false;

    rt_options.warnings[rt_options.nwarnings++] = arg;
    sscanf(arg, "%*[^:]::%39[^:]", category);
    all = !*category || strcmp(category, "Warning") == 0;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        show |= strcmp(action, shown[i]) == 0;
    if ((ignore || show) && plain) {
        if (all || strcmp(category, "SyntaxWarning") == 0)
            rt_options.hide_syntax_warnings = ignore;
        if (all || strcmp(category, "DeprecationWarning") == 0)
            rt_options.show_deprecations = show;
    } else if (strcmp(action, "error") == 0) {
        fputs("-W error is not supported, ignored\n", stderr);
    } else if (!ignore && !show) {
        fprintf(stderr, "Invalid -W option ignored: invalid action: '%s'\n",
                action);
    }
}

static void
extra_option(struct rt_command_line *o, const char *arg)
{
    rt_options.extra[rt_options.nextra++] = arg;
    o->verbose |= strcmp(arg, "jit-verbose") == 0;
    o->summary |= strcmp(arg, "jit-summary") == 0;
}

static void
long_option(struct rt_command_line *o, char *arg)
{
    static const char *const engines[] = {"off", "eval", "cli"};
    struct nac_buf text = {0};

    if (strcmp(arg, "--version") == 0) {
        o->version = true;
    } else if (strcmp(arg, "--help") == 0) {
        fputs(usage, stdout);
        exit(0);
    } else if (strcmp(arg, "--help-jit") == 0) {
        tr_print_params(&text);
        fwrite(text.data, 1, text.len, stdout);
        exit(0);
    } else if (strncmp(arg, "--jit=", 6) == 0) {
        int e = RT_JIT_OFF;

        while (e <= RT_JIT_CLI && strcmp(arg + 6, engines[e]) != 0)
            e++;
        if (e > RT_JIT_CLI)
            unknown_option(arg);
        o->engine = (enum rt_jit_engine)e;
        o->engine_given = true;
    } else if (strncmp(arg, "--jit-dump=", 11) == 0) {
        o->dump_dir = arg + 11;
    } else if (strncmp(arg, "--jit-", 6) == 0 && strchr(arg, '=')) {
        o->jit_params[o->njit_params++] = arg + 6;
    } else if (strncmp(arg, "--dump=", 7) == 0) {
        o->dump = arg + 7;
        if (strcmp(o->dump, "tokens") != 0 && strcmp(o->dump, "ast") != 0 &&
            strcmp(o->dump, "code") != 0)
            unknown_option(arg);
    } else if (strcmp(arg, "--gc-stress") == 0) {
        o->stress_gc = true;
    } else {
        unknown_option(arg);
    }
}

/* An option without a value. */
static void
flag(struct rt_command_line *o, char letter)
{
    struct rt_options *r = &rt_options;

    switch (letter) {
    case 'b':
        r->bytes_warning++;
        break;
    case 'B':
        r->dont_write_bytecode++;
        break;
    case 'd':
        r->debug++;
        break;
    case 'E':
        r->ignore_environment++;
        break;
    case 'I':
        r->isolated = r->ignore_environment = r->no_user_site = r->safe_path =
            1;
        break;
    case 'O':
        r->optimize++;
        break;
    case 'P':
        r->safe_path = 1;
        break;
    case 'q':
        r->quiet++;
        break;
    case 'R':
    case 't':
        break;
    case 's':
        r->no_user_site++;
        break;
    case 'S':
        r->no_site++;
        break;
    case 'u':
        r->unbuffered = true;
        break;
    case 'v':
        r->verbose++;
        break;
    case 'V':
        o->version = true;
        break;
    case 'h':
    case '?':
        fputs(usage, stdout);
        exit(0);
    case 'x':
        o->skip_first = true;
        break;
    case 'i':
        fputs("-i is not supported: there is no interactive mode yet\n",
              stderr);
        reject();
    case 'J':
        fputs("-J is reserved for Jython\n", stderr);
        reject();
    default:
        fprintf(stderr, "Unknown option: -%c\n", letter);
        reject();
    }
}

/* One argument, or two: letters, the last of which may have a value. True: it
 * was -c or -m, which end the options. */
static bool
short_options(struct rt_command_line *o, char **argv, int *i)
{
    for (const char *p = argv[*i] + 1; *p; p++) {
        char letter = *p;
        const char *value;

        if (!strchr("cmWX", letter)) {
            flag(o, letter);
            continue;
        }
        value = p[1] ? p + 1 : argv[*i + 1];
        if (!value) {
            fprintf(stderr, "Argument expected for the -%c option\n", letter);
            reject();
        }
        *i += !p[1];
        if (letter == 'W')
            warning_option(value);
        else if (letter == 'X')
            extra_option(o, value);
        else
            *(letter == 'c' ? &o->command : &o->module) = value;
        return letter == 'c' || letter == 'm';
    }
    return false;
}

void
rt_parse_command_line(struct rt_command_line *o, int argc, char **argv)
{
    size_t most = (size_t)argc + 1;
    bool ended = false;
    int i;

    o->jit_params = nac_calloc(most, sizeof *o->jit_params);
    rt_options.warnings = nac_calloc(most, sizeof *rt_options.warnings);
    rt_options.extra = nac_calloc(most, sizeof *rt_options.extra);
    for (i = 1; i < argc && !ended; i++) {
        char *a = argv[i];

        if (a[0] != '-' || !a[1])
            break;
        if (strcmp(a, "--") == 0) {
            i++;
            break;
        }
        if (a[1] == '-')
            long_option(o, a);
        else
            ended = short_options(o, argv, &i);
    }
    if (!ended && i < argc) {
        o->dash = strcmp(argv[i], "-") == 0;
        if (!o->dash)
            o->script = argv[i];
        i++;
    }
    o->args = argv + i;
    o->nargs = argc - i;
}

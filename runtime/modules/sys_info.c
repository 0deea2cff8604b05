/* SPDX-License-Identifier: MIT
 * runtime/modules/sys_info.c: what module sys says about the implementation:
 * versions, limits, flags. Called by sys.c at start.
 */
#include "config.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/import.h"
#include "runtime/modules/sys.h"
#include "runtime/objects/structseq.h"
#include "runtime/options.h"
#include "runtime/runtime.h"

#define SEQUENCE(id, text, ...)                                                \
    static const char *const id##_fields[] = {__VA_ARGS__};                    \
    static struct rt_structseq_type id##_type = {                              \
        .type = {.cname = "sys." text, .flags = RT_TYPE_NOINSTANCE},           \
        .fields = id##_fields,                                                 \
        .visible = sizeof id##_fields / sizeof *id##_fields,                   \
        .count = sizeof id##_fields / sizeof *id##_fields}

SEQUENCE(version, "version_info", "major", "minor", "micro", "releaselevel",
         "serial");
SEQUENCE(flags, "flags", "debug", "inspect", "interactive", "optimize",
         "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment",
         "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated",
         "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path",
         "int_max_str_digits");
SEQUENCE(float_info, "float_info", "max", "max_exp", "max_10_exp", "min",
         "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix",
         "rounds");
SEQUENCE(int_info, "int_info", "bits_per_digit", "sizeof_digit",
         "default_max_str_digits", "str_digits_check_threshold");
SEQUENCE(hash_info, "hash_info", "width", "modulus", "inf", "nan", "imag",
         "algorithm", "hash_bits", "seed_bits", "cutoff");
SEQUENCE(thread_info, "thread_info", "name", "lock", "version");

static const char stdlib_names[] =
    "__future__ _abc _aix_support _ast _asyncio _bisect _blake2 "
    "_bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 "
    "_codecs_jp _codecs_kr _codecs_tw _collections _collections_abc "
    "_compat_pickle _compression _contextvars _crypt _csv _ctypes _curses "
    "_curses_panel _datetime _dbm _decimal _elementtree _frozen_importlib "
    "_frozen_importlib_external _functools _gdbm _hashlib _heapq _imp _io "
    "_json _locale _lsprof _lzma _markupbase _md5 _msi _multibytecodec "
    "_multiprocessing _opcode _operator _osx_support _overlapped _pickle "
    "_posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random "
    "_scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket "
    "_sqlite3 _sre _ssl _stat _statistics _string _strptime _struct "
    "_symtable _thread _threading_local _tkinter _tokenize _tracemalloc "
    "_typing _uuid _warnings _weakref _weakrefset _winapi _zoneinfo abc "
    "aifc antigravity argparse array ast asynchat asyncio asyncore atexit "
    "audioop base64 bdb binascii bisect builtins bz2 cProfile calendar "
    "cgi cgitb chunk cmath cmd code codecs codeop collections colorsys "
    "compileall concurrent configparser contextlib contextvars copy "
    "copyreg crypt csv ctypes curses dataclasses datetime dbm decimal "
    "difflib dis distutils doctest email encodings ensurepip enum errno "
    "faulthandler fcntl filecmp fileinput fnmatch fractions ftplib "
    "functools gc genericpath getopt getpass gettext glob graphlib grp "
    "gzip hashlib heapq hmac html http idlelib imaplib imghdr imp "
    "importlib inspect io ipaddress itertools json keyword lib2to3 "
    "linecache locale logging lzma mailbox mailcap marshal math mimetypes "
    "mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt "
    "ntpath nturl2path numbers opcode operator optparse os ossaudiodev "
    "pathlib pdb pickle pickletools pipes pkgutil platform plistlib "
    "poplib posix posixpath pprint profile pstats pty pwd py_compile "
    "pyclbr pydoc pydoc_data pyexpat queue quopri random re readline "
    "reprlib resource rlcompleter runpy sched secrets select selectors "
    "shelve shlex shutil signal site smtpd smtplib sndhdr socket "
    "socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl "
    "stat statistics string stringprep struct subprocess sunau symtable "
    "sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios "
    "textwrap this threading time timeit tkinter token tokenize tomllib "
    "trace traceback tracemalloc tty turtle turtledemo types typing "
    "unicodedata unittest urllib uu uuid venv warnings wave weakref "
    "webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile "
    "zipimport zlib zoneinfo ";

static rt_val
num(int64_t i)
{
    return rt_int_from_i64(i);
}

static rt_val
text(const char *s)
{
    return rt_str_new(s, -1);
}

static rt_val
version_info(void)
{
    static rt_val v;

    if (v.bits == 0) {
        v = rt_structseq_new(&version_type, (rt_val[]){num(3), num(11), num(2),
                                                       text("final"), num(0)});
        rt_gc_root(&v);
    }
    return v;
}

static bool
dont_write_bytecode(void)
{
    const char *env = rt_env("PYTHONDONTWRITEBYTECODE");

    return rt_options.dont_write_bytecode || (env && *env);
}

/* -W and -X as sys has them. */
static rt_val
warn_options(void)
{
    rt_val list = rt_list_new(NULL, 0);

    for (int i = 0; i < rt_options.nwarnings; i++)
        rt_list_append(list, text(rt_options.warnings[i]));
    if (rt_options.bytes_warning)
        rt_list_append(list, text(rt_options.bytes_warning > 1
                                      ? "error::BytesWarning"
                                      : "default::BytesWarning"));
    return list;
}

static rt_val
extra_options(void)
{
    rt_val dict = rt_dict_new();

    for (int i = 0; i < rt_options.nextra; i++) {
        const char *x = rt_options.extra[i], *eq = strchr(x, '=');

        rt_dict_set(dict, rt_str_new(x, eq ? eq - x : -1),
                    eq ? text(eq + 1) : rt_True);
    }
    return dict;
}

static rt_val
flags(void)
{
    const struct rt_options *o = &rt_options;
    rt_val v[] = {num(o->debug),
                  num(0),
                  num(0),
                  num(o->optimize),
                  num(dont_write_bytecode()),
                  num(o->no_user_site),
                  num(1), /* no module site */
                  num(o->ignore_environment),
                  num(o->verbose),
                  num(o->bytes_warning),
                  num(o->quiet),
                  num(0),
                  num(o->isolated),
                  rt_False,
                  num(0),
                  num(0),
                  rt_from_bool(o->safe_path),
                  num(-1)};

    return rt_structseq_new(&flags_type, v);
}

static rt_val
implementation(void)
{
    static const char *const names[] = {"name", "cache_tag", "version",
                                        "hexversion", "_multiarch"};
    rt_val v[5], kwnames = rt_tuple_new(NULL, 5);
    int i;

    for (i = 0; i < 5; i++)
        rt_write(rt_ptr(kwnames), &rt_tuple_of(kwnames)->items[i],
                 rt_intern(names[i]));
    v[0] = text("nacre");
    v[1] = text("nacre-311");
    v[2] = version_info();
    v[3] = num(0x030B02F0);
#ifdef __x86_64__
    v[4] = text("x86_64-linux-gnu");
#else
    v[4] = text("aarch64-linux-gnu");
#endif
    return rt_call(rt_from_ptr(&rt_simple_namespace_type), v, 0, kwnames);
}

static void
add_limits(rt_val m)
{
    rt_module_add(m, "maxsize", num(INT64_MAX));
    rt_module_add(m, "maxunicode", num(0x10FFFF));
    rt_module_add(
        m, "float_info",
        rt_structseq_new(&float_info_type,
                         (rt_val[]){rt_from_float(DBL_MAX), num(DBL_MAX_EXP),
                                    num(DBL_MAX_10_EXP), rt_from_float(DBL_MIN),
                                    num(DBL_MIN_EXP), num(DBL_MIN_10_EXP),
                                    num(DBL_DIG), num(DBL_MANT_DIG),
                                    rt_from_float(DBL_EPSILON), num(FLT_RADIX),
                                    num(FLT_ROUNDS)}));
    rt_module_add(
        m, "int_info",
        rt_structseq_new(&int_info_type,
                         (rt_val[]){num(30), num(4), num(4300), num(640)}));
    rt_module_add(
        m, "hash_info",
        rt_structseq_new(&hash_info_type,
                         (rt_val[]){num(64), num((INT64_C(1) << 61) - 1),
                                    num(314159), num(0), num(1000003),
                                    text("siphash13"), num(64), num(128),
                                    num(0)}));
    rt_module_add(m, "thread_info",
                  rt_structseq_new(
                      &thread_info_type,
                      (rt_val[]){text("pthread"), text("semaphore"), rt_None}));
}

static rt_val
stdlib_module_names(void)
{
    rt_val list = rt_list_new(NULL, 0);
    const char *p = stdlib_names, *end;

    for (; (end = strchr(p, ' ')); p = end + 1)
        if (rt_list_append(list, rt_intern(rt_str_utf8_any(
                                     rt_str_new(p, end - p), NULL))) < 0)
            return RT_NULL;
    return rt_frozenset_new(list);
}

static rt_val
builtin_module_names(void)
{
    static const char *const names[] = {
        "builtins",
        "sys",
#define MODULE(name) #name,
#include "runtime/modules.def"
#undef MODULE
    };
    const int n = sizeof names / sizeof *names;
    rt_val list = rt_list_new(NULL, 0);

    for (int i = 0; i < n; i++)
        rt_list_append(list, rt_intern(names[i]));
    rt_list_sort(list, RT_NULL, false);
    return rt_list_to_tuple(list);
}

void
rt_sys_add_info(rt_val m)
{
    static struct rt_structseq_type *const types[] = {
        &version_type,  &flags_type,     &float_info_type,
        &int_info_type, &hash_info_type, &thread_info_type};
    const uint16_t one = 1;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        rt_structseq_ready(types[i]);
    rt_module_add(m, "version",
                  text("3.11.2 (Nacre " PACKAGE_VERSION ", " __DATE__
                       ") [GCC " __VERSION__ "]"));
    rt_module_add(m, "version_info", version_info());
    rt_module_add(m, "hexversion", num(0x030B02F0));
    rt_module_add(m, "api_version", num(1013));
    rt_module_add(m, "implementation", implementation());
    rt_module_add(m, "copyright", text("Copyright (c) the Nacre authors."));
    rt_module_add(m, "platform", text("linux"));
    rt_module_add(m, "byteorder", text(*(const char *)&one ? "little" : "big"));
    rt_module_add(m, "float_repr_style", text("short"));
    rt_module_add(m, "platlibdir", text("lib"));
    rt_module_add(m, "abiflags", text(""));
    rt_module_add(m, "flags", flags());
    add_limits(m);
    rt_module_add(m, "stdlib_module_names", stdlib_module_names());
    rt_module_add(m, "builtin_module_names", builtin_module_names());
    rt_module_add(m, "dont_write_bytecode",
                  rt_from_bool(dont_write_bytecode()));
    rt_module_add(m, "pycache_prefix", rt_None);
    rt_module_add(m, "warnoptions", warn_options());
    rt_module_add(m, "_xoptions", extra_options());
    rt_module_add(m, "meta_path", rt_list_new(NULL, 0));
    rt_module_add(m, "path_hooks", rt_list_new(NULL, 0));
    rt_module_add(m, "path_importer_cache", rt_dict_new());
}

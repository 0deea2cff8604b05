/* SPDX-License-Identifier: MIT
 * runtime/modules/time.c: module time: clocks, sleeping, broken-down times.
 */
#include "config.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/import.h"
#include "runtime/objects/structseq.h"
#include "runtime/runtime.h"

static const char *const struct_time_fields[] = {
    "tm_year", "tm_mon",  "tm_mday",  "tm_hour", "tm_min",   "tm_sec",
    "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"};
static struct rt_structseq_type struct_time = {
    .type = {.cname = "time.struct_time",
             .cdoc = "The time value as returned by gmtime(), localtime(), and "
                     "strptime(), and\n accepted by asctime(), mktime() and "
                     "strftime().  May be considered as a\n sequence of 9 "
                     "integers."},
    .fields = struct_time_fields,
    .visible = 9,
    .count = 11};

/* -- clocks -- */

static int64_t
nanoseconds(clockid_t clock)
{
    struct timespec ts;

    clock_gettime(clock, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static rt_val
seconds(clockid_t clock)
{
    struct timespec ts;

    clock_gettime(clock, &ts);
    return rt_from_float((double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

#define CLOCK(name, id)                                                        \
    static rt_val name(rt_val self, rt_val *args)                              \
    {                                                                          \
        (void)self, (void)args;                                                \
        return seconds(id);                                                    \
    }                                                                          \
    static rt_val name##_ns(rt_val self, rt_val *args)                         \
    {                                                                          \
        (void)self, (void)args;                                                \
        return rt_int_from_i64(nanoseconds(id));                               \
    }

CLOCK(time_time, CLOCK_REALTIME)
CLOCK(time_monotonic, CLOCK_MONOTONIC)
CLOCK(time_process, CLOCK_PROCESS_CPUTIME_ID)
CLOCK(time_thread, CLOCK_THREAD_CPUTIME_ID)

static rt_val
time_clock_gettime(rt_val self, rt_val *args)
{
    struct timespec ts;
    int64_t id;

    (void)self;
    if (rt_index_i64(args[0], &id, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    if (clock_gettime((clockid_t)id, &ts) < 0)
        return rt_raise_errno(RT_NULL);
    return rt_from_float((double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

static rt_val
time_sleep(rt_val self, rt_val *args)
{
    struct timespec until;
    double d, whole, part;

    (void)self;
    if (rt_is_str(args[0]) || rt_as_double(args[0], &d) < 0) {
        rt_exc_clear();
        return rt_raise(&rt_exc_TypeError,
                        "'%T' object cannot be interpreted as an integer",
                        args[0]);
    }
    if (d != d)
        return rt_raise(&rt_exc_ValueError, "Invalid value NaN (not a number)");
    if (d < 0)
        return rt_raise(&rt_exc_ValueError,
                        "sleep length must be non-negative");
    if (d > 9e9)
        return rt_raise(&rt_exc_OverflowError,
                        "timestamp too large to convert to C _PyTime_t");
    part = modf(d, &whole);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)whole;
    until.tv_nsec += (long)(part * 1e9);
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) ==
           EINTR)
        if (rt_ts->poll && rt_poll() < 0)
            return RT_NULL;
    return rt_None;
}

/* -- broken-down time -- */

static rt_val
from_tm(const struct tm *tm)
{
    rt_val v[11];

    v[0] = rt_from_small((int64_t)tm->tm_year + 1900);
    v[1] = rt_from_small(tm->tm_mon + 1);
    v[2] = rt_from_small(tm->tm_mday);
    v[3] = rt_from_small(tm->tm_hour);
    v[4] = rt_from_small(tm->tm_min);
    v[5] = rt_from_small(tm->tm_sec);
    v[6] = rt_from_small((tm->tm_wday + 6) % 7); /* Monday is 0 */
    v[7] = rt_from_small(tm->tm_yday + 1);
    v[8] = rt_from_small(tm->tm_isdst);
    v[9] = rt_str_new(tm->tm_zone ? tm->tm_zone : "", -1);
    v[10] = rt_from_small(tm->tm_gmtoff);
    return rt_structseq_new(&struct_time, v);
}

static int
as_time(rt_val v, time_t *out)
{
    double d;
    int64_t i;

    if (rt_is_null(v) || rt_is_none(v)) {
        *out = time(NULL);
        return 0;
    }
    if (rt_is_any_int(v)) {
        if (!rt_int_to_i64(v, &i)) {
            rt_raise(&rt_exc_OverflowError,
                     "timestamp out of range for platform time_t");
            return -1;
        }
        *out = (time_t)i;
        return 0;
    }
    if (!rt_is_any_float(v)) {
        rt_val index = rt_index(v);

        if (rt_is_null(index))
            return -1;
        return as_time(index, out);
    }
    d = rt_any_float(v);
    if (d != d) {
        rt_raise(&rt_exc_ValueError, "Invalid value NaN (not a number)");
        return -1;
    }
    if (!(d > -9.2e18 && d < 9.2e18)) {
        rt_raise(&rt_exc_OverflowError,
                 "timestamp out of range for platform time_t");
        return -1;
    }
    *out = (time_t)floor(d);
    return 0;
}

static rt_val
break_down(rt_val v, struct tm *(*convert)(const time_t *, struct tm *))
{
    struct tm tm;
    time_t t;

    if (as_time(v, &t) < 0)
        return RT_NULL;
    errno = 0;
    if (!convert(&t, &tm)) {
        errno = errno ? errno : EINVAL;
        return rt_raise_errno(RT_NULL);
    }
    return from_tm(&tm);
}

static rt_val
time_localtime(rt_val self, rt_val *args)
{
    (void)self;
    return break_down(args[0], localtime_r);
}

static rt_val
time_gmtime(rt_val self, rt_val *args)
{
    (void)self;
    return break_down(args[0], gmtime_r);
}

/* The fields of a struct_time or of a tuple of 9 ints. */
static int
to_tm(rt_val v, struct tm *tm, const char *what)
{
    int64_t n, f[9];
    rt_val *items;

    memset(tm, 0, sizeof *tm);
    if (!rt_is_tuple(v)) {
        rt_raise(&rt_exc_TypeError, "Tuple or struct_time argument required");
        return -1;
    }
    items = rt_seq_items(v, &n);
    if (n != 9) {
        rt_raise(&rt_exc_TypeError, "%s(): illegal time tuple argument", what);
        return -1;
    }
    for (int i = 0; i < 9; i++)
        if (rt_index_int(items[i], &f[i]) < 0)
            return -1;
    tm->tm_year = (int)(f[0] - 1900);
    tm->tm_mon = (int)f[1] - 1;
    tm->tm_mday = (int)f[2];
    tm->tm_hour = (int)f[3];
    tm->tm_min = (int)f[4];
    tm->tm_sec = (int)f[5];
    tm->tm_wday = (int)((f[6] + 1) % 7);
    tm->tm_yday = (int)f[7] - 1;
    tm->tm_isdst = (int)f[8];
    if (rt_isinstance_exactly(v, &struct_time.type)) {
        rt_val zone = items[9];

        if (rt_is_str(zone))
            tm->tm_zone = rt_str_utf8_any(zone, NULL);
        if (rt_is_small(items[10]))
            tm->tm_gmtoff = rt_small(items[10]);
    }
    return 0;
}

/* Out of range is an error for those that format; a zero means "not known". */
static int
check_tm(struct tm *tm)
{
    const char *wrong = NULL;

    if (tm->tm_mon == -1)
        tm->tm_mon = 0;
    else if (tm->tm_mon < 0 || tm->tm_mon > 11)
        wrong = "month out of range";
    if (tm->tm_mday == 0)
        tm->tm_mday = 1;
    else if (!wrong && (tm->tm_mday < 0 || tm->tm_mday > 31))
        wrong = "day of month out of range";
    if (!wrong && (tm->tm_hour < 0 || tm->tm_hour > 23))
        wrong = "hour out of range";
    if (!wrong && (tm->tm_min < 0 || tm->tm_min > 59))
        wrong = "minute out of range";
    if (!wrong && (tm->tm_sec < 0 || tm->tm_sec > 61))
        wrong = "seconds out of range";
    if (!wrong && tm->tm_wday < 0)
        wrong = "day of week out of range";
    if (tm->tm_yday == -1)
        tm->tm_yday = 0;
    else if (!wrong && (tm->tm_yday < 0 || tm->tm_yday > 365))
        wrong = "day of year out of range";
    if (wrong) {
        rt_raise(&rt_exc_ValueError, "%s", wrong);
        return -1;
    }
    return 0;
}

static int
tm_or_now(rt_val v, struct tm *tm, const char *what)
{
    time_t now;

    if (rt_is_null(v) || (rt_is_none(v) && strcmp(what, "strftime"))) {
        now = time(NULL);
        localtime_r(&now, tm);
        return 0;
    }
    return to_tm(v, tm, what) < 0 ? -1 : check_tm(tm);
}

static rt_val
time_mktime(rt_val self, rt_val *args)
{
    struct tm tm;
    time_t t;

    (void)self;
    if (to_tm(args[0], &tm, "mktime") < 0)
        return RT_NULL;
    tm.tm_wday = -1; /* set by mktime() unless it fails */
    t = mktime(&tm);
    if (t == (time_t)-1 && tm.tm_wday == -1)
        return rt_raise(&rt_exc_OverflowError, "mktime argument out of range");
    return rt_from_float((double)t);
}

static rt_val
text_of_tm(const struct tm *tm)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char buffer[96];

    snprintf(buffer, sizeof buffer, "%.3s %.3s%3d %.2d:%.2d:%.2d %d",
             days + 3 * tm->tm_wday, months + 3 * tm->tm_mon, tm->tm_mday,
             tm->tm_hour, tm->tm_min, tm->tm_sec, 1900 + tm->tm_year);
    return rt_str_new(buffer, -1);
}

static rt_val
time_asctime(rt_val self, rt_val *args)
{
    struct tm tm;

    (void)self;
    return tm_or_now(args[0], &tm, "asctime") < 0 ? RT_NULL : text_of_tm(&tm);
}

static rt_val
time_ctime(rt_val self, rt_val *args)
{
    struct tm tm;
    time_t t;

    (void)self;
    if (as_time(args[0], &t) < 0)
        return RT_NULL;
    if (!localtime_r(&t, &tm))
        return rt_raise_errno(RT_NULL);
    return text_of_tm(&tm);
}

static rt_val
time_strftime(rt_val self, rt_val *args)
{
    struct tm tm;
    const char *format;
    size_t size = 256, len;
    int64_t format_len;
    char *buffer = NULL;
    rt_val v;

    (void)self;
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "strftime() argument 1 must be str, not %T", args[0]);
    if (tm_or_now(args[1], &tm, "strftime") < 0)
        return RT_NULL;
    if (tm.tm_isdst < -1)
        tm.tm_isdst = -1;
    else if (tm.tm_isdst > 1)
        tm.tm_isdst = 1;
    format = rt_str_utf8_any(args[0], &format_len);
    if ((int64_t)strlen(format) != format_len)
        return rt_raise(&rt_exc_ValueError, "embedded null character");
    for (;;) {
        buffer = realloc(buffer, size);
        if (!buffer)
            return rt_raise_memory();
        len = strftime(buffer, size, format, &tm);
        if (len || size >= 256 * (size_t)(format_len + 1))
            break;
        size *= 2;
    }
    v = rt_str_new(buffer, (int64_t)len);
    free(buffer);
    return v;
}

static rt_val
time_strptime(rt_val self, rt_val *args)
{
    rt_val m = rt_import_name("_strptime"), f;

    (void)self;
    if (rt_is_null(m))
        return m;
    f = rt_getattr(m, rt_intern("_strptime_time"));
    if (rt_is_null(f))
        return f;
    return rt_is_null(args[1]) ? rt_call1(f, args[0])
                               : rt_call2(f, args[0], args[1]);
}

/* Offsets of standard and summer time: those of this January and July. */
static void
add_zone(rt_val m)
{
    const time_t year = (365 * 24 + 6) * 3600;
    time_t t = time(NULL) / year * year;
    struct tm winter, summer;
    bool south;

    tzset();
    localtime_r(&t, &winter);
    t += year / 2;
    localtime_r(&t, &summer);
    south = winter.tm_gmtoff > summer.tm_gmtoff; /* January is summer there */
    if (south) {
        struct tm other = winter;

        winter = summer;
        summer = other;
    }
    rt_module_add(m, "timezone", rt_from_small(-winter.tm_gmtoff));
    rt_module_add(m, "altzone", rt_from_small(-summer.tm_gmtoff));
    rt_module_add(m, "daylight",
                  rt_from_small(winter.tm_gmtoff != summer.tm_gmtoff));
    rt_module_add(m, "tzname",
                  rt_tuple_pack(2, rt_str_new(winter.tm_zone, -1),
                                rt_str_new(summer.tm_zone, -1)));
}

static rt_val
time_tzset(rt_val self, rt_val *args)
{
    rt_val m = rt_import_name("time");

    (void)self, (void)args;
    if (rt_is_null(m))
        return m;
    add_zone(m);
    return rt_None;
}

static rt_val
time_get_clock_info(rt_val self, rt_val *args)
{
    static const struct {
        const char *name, *function;
        bool monotonic, adjustable;
    } clocks[] = {
        {"time", "clock_gettime(CLOCK_REALTIME)", false, true},
        {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false},
        {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false},
        {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true,
         false},
        {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false}};
    rt_val names, v[4];

    (void)self;
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "get_clock_info() argument 1 must be str, not %T",
                        args[0]);
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if (!rt_str_is(args[0], clocks[i].name))
            continue;
        names = rt_tuple_pack(4, rt_intern("implementation"),
                              rt_intern("monotonic"), rt_intern("adjustable"),
                              rt_intern("resolution"));
        v[0] = rt_str_new(clocks[i].function, -1);
        v[1] = rt_from_bool(clocks[i].monotonic);
        v[2] = rt_from_bool(clocks[i].adjustable);
        v[3] = rt_from_float(1e-9);
        return rt_call(rt_from_ptr(&rt_simple_namespace_type), v, 0, names);
    }
    return rt_raise(&rt_exc_ValueError, "unknown clock");
}

static const struct rt_method functions[] = {
    RT_FUNC("time", time_time, OWN, "()",
            "Return the current time in seconds since the Epoch."),
    RT_FUNC("time_ns", time_time_ns, OWN, "()",
            "Return the current time in nanoseconds since the Epoch."),
    RT_FUNC("perf_counter", time_monotonic, OWN, "()",
            "Performance counter for benchmarking."),
    RT_FUNC("perf_counter_ns", time_monotonic_ns, OWN, "()",
            "Performance counter for benchmarking as nanoseconds."),
    RT_FUNC("monotonic", time_monotonic, OWN, "()",
            "Monotonic clock, cannot go backward."),
    RT_FUNC("monotonic_ns", time_monotonic_ns, OWN, "()",
            "Monotonic clock, cannot go backward, as nanoseconds."),
    RT_FUNC("process_time", time_process, OWN, "()",
            "Process time for profiling: sum of the kernel and user-space CPU "
            "time."),
    RT_FUNC("process_time_ns", time_process_ns, OWN, "()",
            "Process time for profiling as nanoseconds."),
    RT_FUNC("thread_time", time_thread, OWN, "()",
            "Thread time for profiling."),
    RT_FUNC("thread_time_ns", time_thread_ns, OWN, "()",
            "Thread time for profiling as nanoseconds."),
    RT_FUNC("clock_gettime", time_clock_gettime, ANY, "(clk_id, /)",
            "Return the time of the specified clock as a float."),
    RT_FUNC("sleep", time_sleep, ANY, "(secs, /)",
            "Delay execution for a given number of seconds."),
    RT_FUNC("localtime", time_localtime, ANY, "(seconds=None, /)",
            "Convert seconds since the Epoch to a time tuple expressing local "
            "time."),
    RT_FUNC("gmtime", time_gmtime, ANY, "(seconds=None, /)",
            "Convert seconds since the Epoch to a time tuple expressing UTC."),
    RT_FUNC("mktime", time_mktime, ANY, "(tuple, /)",
            "Convert a time tuple in local time to seconds since the Epoch."),
    RT_FUNC("asctime", time_asctime, ANY, "(tuple=None, /)",
            "Convert a time tuple to a string."),
    RT_FUNC("ctime", time_ctime, ANY, "(seconds=None, /)",
            "Convert a time in seconds since the Epoch to a string in local "
            "time."),
    RT_FUNC("strftime", time_strftime, ANY, "(format, tuple=None, /)",
            "Convert a time tuple to a string according to a format "
            "specification."),
    RT_FUNC("strptime", time_strptime, ANY, "(string, format='', /)",
            "Parse a string to a time tuple according to a format "
            "specification."),
    RT_FUNC("tzset", time_tzset, ANY, "()",
            "Initialize, or reinitialize, the local timezone."),
    RT_FUNC("get_clock_info", time_get_clock_info, ANY, "(name, /)",
            "Get information of the specified clock."),
    RT_END_METHODS};

rt_val
rt_module_time_init(void)
{
    rt_val m = rt_module_new(rt_intern("time"));

    rt_structseq_ready(&struct_time);
    rt_module_methods(m, functions);
    rt_module_add(m, "struct_time", rt_from_ptr(&struct_time.type));
    rt_module_add(m, "_STRUCT_TM_ITEMS", rt_from_small(11));
    rt_module_add(m, "CLOCK_REALTIME", rt_from_small(CLOCK_REALTIME));
    rt_module_add(m, "CLOCK_MONOTONIC", rt_from_small(CLOCK_MONOTONIC));
    rt_module_add(m, "CLOCK_PROCESS_CPUTIME_ID",
                  rt_from_small(CLOCK_PROCESS_CPUTIME_ID));
    rt_module_add(m, "CLOCK_THREAD_CPUTIME_ID",
                  rt_from_small(CLOCK_THREAD_CPUTIME_ID));
    add_zone(m);
    return m;
}

/* SPDX-License-Identifier: MIT
 * tests/fuzz/driver.c: runs a harness without libFuzzer, on seeds and on what
 * mutate.c makes of them. Prints TAP.
 *
 *     HARNESS [--count=N] [--seconds=N] [--first=N] FILE-OR-FOLDER...
 *     HARNESS --replay FILE...       runs the files as they are
 *     HARNESS --corpus=FOLDER SEEDS  writes the seeds, for libFuzzer
 *
 * Inputs are numbered from N (0) on, and a number is always the same input of
 * the same seeds. They run in a child; where it dies, or is silent for long,
 * the input is kept in HARNESS-NUMBER.crash.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "tests/fuzz/fuzz.h"

enum { SHOWN = 1 << 20, SILENCE = 30, MOST_CRASHES = 10 };

/* What the parent sees of the child. */
struct shared {
    volatile uint64_t number, size;
    char bytes[SHOWN];
};

static struct shared *shared;
static NAC_VEC(struct nac_buf) seeds;
static uint64_t first, count = 2000;
static unsigned seconds;
static const char *corpus, *name;

/* -- seeds -- */

static void
add_file(const char *path)
{
    struct nac_buf b = {0};

    if (nac_buf_read_file(&b, path) == 0 && b.len && fuzz_seed(&b))
        nac_vec_push(&seeds, b);
    else
        nac_buf_free(&b);
}

static int
visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

/* Files in the order of their names: the same seeds everywhere. */
static void
add_seeds(const char *path)
{
    struct dirent **list;
    struct stat st;
    int n;

    if (stat(path, &st) < 0) {
        printf("Bail out! %s: %s\n", path, strerror(errno));
        exit(2);
    }
    if (!S_ISDIR(st.st_mode)) {
        add_file(path);
        return;
    }
    n = scandir(path, &list, visible, alphasort);
    for (int i = 0; i < n; i++) {
        struct nac_buf full = {0};

        nac_buf_printf(&full, "%s/%s", path, list[i]->d_name);
        add_seeds(full.data);
        nac_buf_free(&full);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
}

static int
write_file(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f)) {
        perror(path);
        return -1;
    }
    return 0;
}

static int
write_corpus(void)
{
    int status = 0;

    for (uint32_t i = 0; i < seeds.len; i++) {
        struct nac_buf path = {0};

        nac_buf_printf(&path, "%s/%u", corpus, i);
        if (write_file(path.data, seeds.items[i].data, seeds.items[i].len) < 0)
            status = 1;
        nac_buf_free(&path);
    }
    return status;
}

/* -- the child -- */

static void
run(uint64_t number, const struct nac_buf *input)
{
    char *exact = nac_malloc(input->len + 1);
    size_t shown = input->len < SHOWN ? input->len : SHOWN;

    /* No NUL byte after it: a harness that reads on is to be seen. */
    exact = nac_realloc(exact, input->len ? input->len : 1);
    memcpy(exact, input->data, input->len);
    memcpy(shared->bytes, input->data, shown);
    shared->size = shown;
    shared->number = number;
    LLVMFuzzerTestOneInput((const uint8_t *)exact, input->len);
    free(exact);
}

/* Inputs from [from] on; the seeds themselves come first. */
static void
work(uint64_t from)
{
    const struct fuzz_seeds s = {seeds.items, seeds.len};
    struct nac_buf input = {0};

    for (uint64_t i = from; seconds || i < first + count; i++) {
        if (i < seeds.len) {
            run(i, &seeds.items[i]);
        } else {
            fuzz_mutate(&input, &s, fuzz_text, i);
            run(i, &input);
        }
    }
    shared->number = first + count;
    exit(0);
}

/* -- the parent -- */

/* The child's status once it has ended; a child that stands still, or has had
 * its time, is stopped. */
static int
watch(pid_t child, time_t until, bool *in_time)
{
    uint64_t seen = shared->number;
    time_t since = time(NULL);
    int status = 0;

    *in_time = false;
    while (waitpid(child, &status, WNOHANG) == 0) {
        time_t now = time(NULL);

        usleep(5000);
        if (shared->number != seen) {
            seen = shared->number;
            since = now;
        }
        *in_time = until && now >= until;
        if (*in_time || now - since > SILENCE) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            break;
        }
    }
    return status;
}

static void
report(int status)
{
    struct nac_buf path = {0};

    nac_buf_printf(&path, "%s-%llu.crash", name,
                   (unsigned long long)shared->number);
    printf("# input %llu: %s %d; %zu bytes in %s\n",
           (unsigned long long)shared->number,
           WIFSIGNALED(status) ? "signal" : "status",
           WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
           (size_t)shared->size, path.data);
    fflush(stdout);
    write_file(path.data, shared->bytes, shared->size);
    nac_buf_free(&path);
}

static int
fuzz(void)
{
    time_t until = seconds ? time(NULL) + seconds : 0;
    uint64_t from = first;
    int crashes = 0;
    bool in_time;

    do {
        pid_t child = fork();
        int status;

        shared->number = from;
        if (child == 0)
            work(from);
        status = watch(child, until, &in_time);
        if (in_time || status == 0)
            break;
        report(status);
        crashes++;
        from = shared->number + 1;
    } while (crashes < MOST_CRASHES && (!until || time(NULL) < until));
    printf("1..1\n%s 1 - %s: %llu inputs of %u seeds\n",
           crashes ? "not ok" : "ok", name,
           (unsigned long long)(shared->number - first), seeds.len);
    return crashes != 0;
}

static bool
option(const char *arg, const char *key, uint64_t *value)
{
    size_t n = strlen(key);

    if (strncmp(arg, key, n) != 0)
        return false;
    *value = strtoull(arg + n, NULL, 0);
    return true;
}

int
main(int argc, char **argv)
{
    const char *given = getenv("NACRE_FUZZ_SECONDS");
    bool replay = false;

    name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 2;
    for (int i = 1; i < argc; i++) {
        uint64_t n;

        if (strcmp(argv[i], "--replay") == 0)
            replay = true;
        else if (option(argv[i], "--seconds=", &n))
            seconds = (unsigned)n;
        else if (strncmp(argv[i], "--corpus=", 9) == 0)
            corpus = argv[i] + 9;
        else if (!option(argv[i], "--count=", &count) &&
                 !option(argv[i], "--first=", &first) && !replay)
            add_seeds(argv[i]);
        else if (replay) {
            struct nac_buf b = {0};

            if (nac_buf_read_file(&b, argv[i]) < 0)
                return perror(argv[i]), 2;
            run(0, &b);
            nac_buf_free(&b);
        }
    }
    if (given && *given)
        seconds = (unsigned)strtoul(given, NULL, 0);
    if (replay)
        return 0;
    if (seeds.len == 0) {
        printf("Bail out! %s: no seeds\n", name);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    return corpus ? write_corpus() : fuzz();
}

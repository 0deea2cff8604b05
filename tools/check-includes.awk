# SPDX-License-Identifier: MIT
# check-includes.awk: who includes whom. Every file of the C folders is read;
# an #include of a folder that its own folder may not name is reported.
#
#     base         <- everything
#     frontend     -> base
#     tracer       -> base
#     cli-backend  -> tracer, base; the only includer of <mono/...>, and there
#                     only host_mono.c
#     jvm-backend  -> tracer, base; the only includer of <jni.h>
#     runtime      -> frontend, tracer, base; main.c, interp/jit.c, clr/ and
#                     jvm/ may also name a back-end
#     tools, tests, examples -> whatever they test or show; examples/square
#                     knows the tracer and the back-ends only

BEGIN {
    may["base"] = "base"
    may["frontend"] = "frontend base"
    may["tracer"] = "tracer base"
    may["cli-backend"] = "cli-backend tracer base"
    may["jvm-backend"] = "jvm-backend tracer base"
    may["runtime"] = "runtime frontend tracer base"
    may["examples"] = "examples tracer cli-backend jvm-backend base"
    may["tools"] = "tools frontend tracer cli-backend jvm-backend base"
    may["tests"] = "tests tools frontend tracer cli-backend jvm-backend runtime base"
}

function folder_of(path)
{
    sub(/\/.*/, "", path)
    return path
}

function has(list, word)
{
    return index(" " list " ", " " word " ") > 0
}

function report(message)
{
    printf "%s:%d: %s\n", FILENAME, FNR, message
    bad = 1
}

function may_name_back_end(file)
{
    return file == "runtime/main.c" || file == "runtime/interp/jit.c" ||
        file ~ /^runtime\/(clr|jvm)\//
}

FNR == 1 {
    here = folder_of(FILENAME)
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    if ($0 ~ /<mono\// && FILENAME != "cli-backend/host_mono.c")
        report("only cli-backend/host_mono.c includes <mono/...>")
    if ($0 ~ /<jni/ && here != "jvm-backend")
        report("only jvm-backend includes <jni.h>")
    next
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    name = $0
    sub(/^[^"]*"/, "", name)
    sub(/".*/, "", name)
    if (name == "config.h")
        next
    if (name !~ /\//) {
        report("\"" name "\": includes are spelled from the root")
        next
    }
    there = folder_of(name)
    if (has(may[here], there))
        next
    if (there ~ /-backend$/ && may_name_back_end(FILENAME))
        next
    report(here " may not include " name)
}

END {
    exit bad
}

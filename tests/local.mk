# SPDX-License-Identifier: MIT
# tests/: every test prints TAP. C tests are programs of tests/unit; the rest
# are the small scripts of tests/check, each of which runs one suite one way.
# They run in the build folder, with $srcdir, $PYTHON_ORACLE and $PYSTDLIB set.
TEST_EXTENSIONS = .tap
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
# A suite that fails says so itself; its exit status would count once more.
TAP_LOG_DRIVER = $(LOG_DRIVER) --ignore-exit
AM_TESTS_ENVIRONMENT = \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	PYTHON_ORACLE='$(PYTHON_ORACLE)'; export PYTHON_ORACLE; \
	PYSTDLIB='$(PYSTDLIB)'; export PYSTDLIB; \
	MONODIS='$(MONODIS)'; export MONODIS;

### C tests

UNIT_LIBS = libunit.a libruntime.a $(TOOL_LIBS) $(CMOCKA_LIBS)
AM_CPPFLAGS += $(CMOCKA_CFLAGS)

if HAVE_CMOCKA
check_LIBRARIES += libunit.a
# list libunit_a_SOURCES files unit/*.[ch] unit/*.def ! unit/test_*.c
libunit_a_SOURCES = \
	%D%/unit/cli_support.h \
	%D%/unit/opt_toy.c \
	%D%/unit/opt_toy.def \
	%D%/unit/opt_toy.h \
	%D%/unit/opt_toy_program.c
# end of list
# list UNIT_TESTS = programs UNIT_LIBS unit/test_*.c
UNIT_TESTS = \
	%D%/unit/test_cli_image \
	%D%/unit/test_cli_run \
	%D%/unit/test_cli_select \
	%D%/unit/test_dict \
	%D%/unit/test_gc \
	%D%/unit/test_ir \
	%D%/unit/test_marshal_code \
	%D%/unit/test_opt_random \
	%D%/unit/test_recorder
%C%_unit_test_cli_image_LDADD = $(UNIT_LIBS)
%C%_unit_test_cli_run_LDADD = $(UNIT_LIBS)
%C%_unit_test_cli_select_LDADD = $(UNIT_LIBS)
%C%_unit_test_dict_LDADD = $(UNIT_LIBS)
%C%_unit_test_gc_LDADD = $(UNIT_LIBS)
%C%_unit_test_ir_LDADD = $(UNIT_LIBS)
%C%_unit_test_marshal_code_LDADD = $(UNIT_LIBS)
%C%_unit_test_opt_random_LDADD = $(UNIT_LIBS)
%C%_unit_test_recorder_LDADD = $(UNIT_LIBS)
# end of list
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

### Fuzz harnesses: with libFuzzer, or with a driver of their own

check_LIBRARIES += libfuzz.a
libfuzz_a_SOURCES = %D%/fuzz/fuzz.h %D%/fuzz/mutate.c
if !FUZZ
libfuzz_a_SOURCES += %D%/fuzz/driver.c
endif
EXTRA_DIST += %D%/fuzz/driver.c
FUZZ_LIBS = libfuzz.a libruntime.a $(TOOL_LIBS) @FUZZ_ENGINE@
# list FUZZERS = programs FUZZ_LIBS fuzz/*_fuzz.c
FUZZERS = \
	%D%/fuzz/cache_fuzz \
	%D%/fuzz/cil_fuzz \
	%D%/fuzz/ir_fuzz \
	%D%/fuzz/parser_fuzz
%C%_fuzz_cache_fuzz_LDADD = $(FUZZ_LIBS)
%C%_fuzz_cil_fuzz_LDADD = $(FUZZ_LIBS)
%C%_fuzz_ir_fuzz_LDADD = $(FUZZ_LIBS)
%C%_fuzz_parser_fuzz_LDADD = $(FUZZ_LIBS)
# end of list
check_PROGRAMS += $(FUZZERS)

# Only builds them.
unit-tests: $(check_LIBRARIES) $(check_PROGRAMS)
.PHONY: unit-tests

### Suites

# list SUITES = files check/*.tap ! check/all-*
SUITES = \
	%D%/check/ast-sample.tap \
	%D%/check/bench-cli.tap \
	%D%/check/bench-eval.tap \
	%D%/check/bench-off.tap \
	%D%/check/bytecode.tap \
	%D%/check/diff-sample.tap \
	%D%/check/fuzz-cache.tap \
	%D%/check/fuzz-cil.tap \
	%D%/check/fuzz-ir.tap \
	%D%/check/fuzz-parser.tap \
	%D%/check/invalid.tap \
	%D%/check/ir.tap \
	%D%/check/lang-cli.tap \
	%D%/check/lang-eval.tap \
	%D%/check/lang-off.tap \
	%D%/check/memory-cli.tap \
	%D%/check/memory-eval.tap \
	%D%/check/memory-off.tap \
	%D%/check/options.tap \
	%D%/check/square.tap
# end of list
# list LONG_SUITES = files check/all-*.tap
LONG_SUITES = \
	%D%/check/all-ast.tap \
	%D%/check/all-diff.tap \
	%D%/check/all-fuzz-cache.tap \
	%D%/check/all-fuzz-cil.tap \
	%D%/check/all-fuzz-ir.tap \
	%D%/check/all-fuzz-parser.tap
# end of list
TESTS += $(SUITES)
# Suites run these.
check_DATA = $(bin_PROGRAMS) $(noinst_PROGRAMS)

# make check, and then what takes long.
check-all: check
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(LONG_SUITES)' \
		TEST_SUITE_LOG=test-suite-all.log
.PHONY: check-all

EXTRA_DIST += $(SUITES) $(LONG_SUITES) %D%/expected-failures.txt \
	%D%/bytecode %D%/cil %D%/ir %D%/lang %D%/parser
# list dist_noinst_SCRIPTS += files run-*.sh check/*.sh diff/*.py
dist_noinst_SCRIPTS += \
	%D%/check/run-one.sh \
	%D%/diff/gen_base.py \
	%D%/diff/gen_expr.py \
	%D%/diff/gen_stmt.py \
	%D%/diff/generate.py \
	%D%/diff/run-diff.py \
	%D%/run-bench.sh \
	%D%/run-bytecode.sh \
	%D%/run-common.sh \
	%D%/run-ir.sh \
	%D%/run-lang.sh \
	%D%/run-memory.sh \
	%D%/run-options.sh
# end of list
CLEANFILES += test-suite-all.log
clean-local:
	rm -rf tests/diff-failures

dist-hook:
	find $(distdir) -name __pycache__ -prune -exec rm -rf '{}' +

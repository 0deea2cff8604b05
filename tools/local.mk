# SPDX-License-Identifier: MIT
# tools/: programs that show one stage each, for tests and for people. Not
# installed.
# list noinst_PROGRAMS += programs TOOL_LIBS nacre-*.c
noinst_PROGRAMS += \
	%D%/nacre-ast \
	%D%/nacre-code \
	%D%/nacre-image \
	%D%/nacre-ir
%C%_nacre_ast_LDADD = $(TOOL_LIBS)
%C%_nacre_code_LDADD = $(TOOL_LIBS)
%C%_nacre_image_LDADD = $(TOOL_LIBS)
%C%_nacre_ir_LDADD = $(TOOL_LIBS)
# end of list
# What tools and fuzz harnesses share.
noinst_LIBRARIES += libtools.a
# list libtools_a_SOURCES files *.[ch] ! nacre-*.c
libtools_a_SOURCES = \
	%D%/ir-host.c \
	%D%/ir-host.h
# end of list
# Every tool links with all layers but the runtime; the linker takes what it
# needs.
TOOL_LIBS = libtools.a libcli.a libtracer.a libfrontend.a libbase.a \
	$(MONO_LIBS) $(FFI_LIBS) $(GMP_LIBS) $(UNISTRING_LIBS) -lm
EXTRA_DIST += %D%/check-includes.awk
# list dist_noinst_SCRIPTS += files *.sh quickstart
dist_noinst_SCRIPTS += \
	%D%/gen-sources.sh \
	%D%/lint.sh \
	%D%/quickstart
# end of list

# SPDX-License-Identifier: MIT
# cli-backend/: IR to CIL to an ECMA-335 image to Mono.
noinst_LIBRARIES += libcli.a
# list libcli_a_SOURCES sources ! host_*.c
libcli_a_SOURCES = \
	%D%/arith.c \
	%D%/body.c \
	%D%/calls.c \
	%D%/cil.def \
	%D%/cil_dis.c \
	%D%/cli.h \
	%D%/compile.c \
	%D%/dump.c \
	%D%/dump.h \
	%D%/encode.c \
	%D%/heaps.c \
	%D%/host.h \
	%D%/il.h \
	%D%/image.c \
	%D%/image.h \
	%D%/join.c \
	%D%/leave.c \
	%D%/loop.c \
	%D%/metadata.c \
	%D%/pe.c \
	%D%/schedule.c \
	%D%/select.c \
	%D%/select.h \
	%D%/sig.c \
	%D%/tables.def \
	%D%/wide.c
# end of list
libcli_a_CPPFLAGS = $(AM_CPPFLAGS)
if HAVE_MONO
libcli_a_SOURCES += %D%/host_mono.c
libcli_a_CPPFLAGS += $(MONO_CFLAGS)
else
libcli_a_SOURCES += %D%/host_none.c
endif

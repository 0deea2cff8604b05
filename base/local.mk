# SPDX-License-Identifier: MIT
# base/: arenas, vectors, maps, buffers, UTF-8, log, checks.
noinst_LIBRARIES += libbase.a
# list libbase_a_SOURCES sources
libbase_a_SOURCES = \
	%D%/arena.c \
	%D%/arena.h \
	%D%/buf.c \
	%D%/buf.h \
	%D%/check.c \
	%D%/check.h \
	%D%/log.c \
	%D%/log.h \
	%D%/map.c \
	%D%/map.h \
	%D%/mem.c \
	%D%/mem.h \
	%D%/nanbox.h \
	%D%/phase.c \
	%D%/phase.h \
	%D%/utf8.c \
	%D%/utf8.h \
	%D%/vec.h
# end of list

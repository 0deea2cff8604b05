# SPDX-License-Identifier: MIT
# examples/square/: a small machine with a JIT, another client of tracer/.
noinst_PROGRAMS += %D%/square
%C%_square_SOURCES = %D%/square.c
%C%_square_LDADD = libcli.a libtracer.a libbase.a \
	$(MONO_LIBS) $(FFI_LIBS) -lm

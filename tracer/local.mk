# SPDX-License-Identifier: MIT
# tracer/: the tracing JIT as a library; knows nothing of Python.
noinst_LIBRARIES += libtracer.a
# list libtracer_a_SOURCES sources
libtracer_a_SOURCES = \
	%D%/aborts.def \
	%D%/backend.h \
	%D%/eval.c \
	%D%/events.c \
	%D%/exit.c \
	%D%/hot.c \
	%D%/ir.c \
	%D%/ir.h \
	%D%/ir_parse.c \
	%D%/ir_print.c \
	%D%/irops.def \
	%D%/jit.h \
	%D%/join.c \
	%D%/opt.c \
	%D%/opt.h \
	%D%/opt_carry.c \
	%D%/opt_coalesce.c \
	%D%/opt_cse.c \
	%D%/opt_dce.c \
	%D%/opt_fold.c \
	%D%/opt_fold_flt.c \
	%D%/opt_fold_val.c \
	%D%/opt_head.c \
	%D%/opt_loop.c \
	%D%/opt_loop.h \
	%D%/opt_mem.c \
	%D%/opt_range.c \
	%D%/opt_sink.c \
	%D%/opt_state.h \
	%D%/opt_survey.c \
	%D%/params.def \
	%D%/recorder.c \
	%D%/snap.c \
	%D%/stats.c \
	%D%/tracer.c \
	%D%/tracer.h \
	%D%/tree.c \
	%D%/verify.c
# end of list
# eval.c calls C functions by libffi.
libtracer_a_CFLAGS = $(AM_CFLAGS) $(FFI_CFLAGS)

# SPDX-License-Identifier: MIT
# frontend/: source text to syntax tree to struct fe_code.
noinst_LIBRARIES += libfrontend.a
# list libfrontend_a_SOURCES sources
libfrontend_a_SOURCES = \
	%D%/assemble.c \
	%D%/ast.c \
	%D%/ast.h \
	%D%/charnames.c \
	%D%/check_code.c \
	%D%/code.h \
	%D%/compile.c \
	%D%/compile.h \
	%D%/compiler.h \
	%D%/diagnose.c \
	%D%/dis.c \
	%D%/dump_ast.c \
	%D%/emit.c \
	%D%/emit_call.c \
	%D%/emit_comp.c \
	%D%/emit_expr.c \
	%D%/emit_flow.c \
	%D%/emit_func.c \
	%D%/emit_match.c \
	%D%/emit_name.c \
	%D%/emit_stmt.c \
	%D%/emit_try.c \
	%D%/emit_try.h \
	%D%/fold.c \
	%D%/frontend.h \
	%D%/fstring.c \
	%D%/grammar.c \
	%D%/grammar.h \
	%D%/lexer.c \
	%D%/lexer.h \
	%D%/literals.c \
	%D%/literals.h \
	%D%/names.c \
	%D%/nodes.def \
	%D%/ops.def \
	%D%/parser.c \
	%D%/parser.h \
	%D%/parser_args.c \
	%D%/parser_expr.c \
	%D%/parser_pattern.c \
	%D%/parser_stmt.c \
	%D%/peephole.c \
	%D%/repr.c \
	%D%/source.c \
	%D%/source.h \
	%D%/symtable.c \
	%D%/symtable.h \
	%D%/symtable_visit.c \
	%D%/symtable_visit.h \
	%D%/tokens.def \
	%D%/tree.h \
	%D%/unparse.c
# end of list

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes tests/parser/invalid/NAME.py and NAME.err.

usage: make-invalid.py DIRECTORY

The snippets are below; what is expected of them comes from the Python 3.11
that runs this script: "!CLASS, line, offset, end line, end offset, message",
separated by tabs. An unknown position is 0.
"""

import ast
import os
import sys
import warnings

SNIPPETS = """
unclosed_paren: x = (1,\\n y
unclosed_bracket: x = [1, 2\\ny = 3
unclosed_brace: d = {1: 2,\\n
mismatch: x = (1]
mismatch_lines: x = (\\n1]
unmatched: x = 1)
unmatched_brace: }
unterminated: x = "abc
unterminated_backslash: 'a\\\\
unterminated_triple: x = \\"\\"\\"abc\\nd
line_continuation: a \\\\ b
continuation_eof: a\\\\
octal: 0777
octal_digit: 0o18
binary_digit: 0b12
hex_empty: 0x
hex_end: 0xfg
decimal_end: 1a
underscores: 1__0
underscore_end: 1_
exponent: 1e+
imaginary: 1jx
dollar: a $ b
question: a ? b
exclamation: a ! b
bad_character: a = 5 \u20ac 3
bad_identifier: \u00e9\u20ac = 1
zero_width: a\u200b = 1
tabs: if a:\\n\\tb\\n        c
dedent: if a:\\n    b\\n  c
indent: a\\n  b
indent_first:   a
deep_parens: DEEPPARENS
deep_indent: DEEPINDENT
print_statement: print 1
exec_statement: exec "x"
print_in_if: if x:\\n    print "a", b
comma: f(a b)
comma_list: [1, 2 3]
comma_dict: {1: 2 3: 4}
comma_lines: x = [\\n 1,\\n 2\\n 3]
two_names: a b
assign_call: f() = 1
assign_literal: 1 = x
assign_none: None = 1
assign_true: True = 1
assign_ellipsis: ... = 1
assign_string: 'a' = 1
assign_fstring: f'{a}' = 1
assign_sum: a + b = c
assign_compare: a < b = c
assign_lambda: (lambda: x) = 1
assign_tuple: (a, 1) = x
assign_list: [a, f()] = x
assign_star: *f() = 1
assign_comp: [x for x in y] = 1
assign_gen: (x for x in y) = 1
assign_dict: {1: 2} = 1
assign_set: {1, 2} = 1
assign_await: async def f():\\n    await x = 1
assign_yield: def f():\\n    yield = 1
assign_yield_value: def f():\\n    x = yield = 1
assign_ifexp: a if b else c = 1
assign_walrus: (a := 1) = 2
assign_chain: a = 1 = b
assign_attr_call: a.b() = 1
assign_not: not a = 1
aug_tuple: (a, b) += 1
aug_call: f() += 1
aug_literal: 1 += 1
aug_list: [a] -= 1
ann_tuple: (a, b): int
ann_list: [a]: int
ann_bare_tuple: a, b: int
ann_call: f(): int
ann_literal: 1: int
del_call: del f()
del_literal: del 1
del_star: del *a
del_tuple: del (a, 1)
del_sum: del a + b
for_call: for f() in x: pass
for_literal: for 1 in x: pass
for_compare: for a < b in x: pass
for_tuple: for a, 1 in x: pass
for_no_in: for x: pass
with_target: with a as 1: pass
with_target_call: with a as f(): pass
comp_target: [x for f() in y]
comp_target_literal: {x for 1 in y}
import_star_paren: from a import (*)
import_comma: from a import b,
import_empty: from a import ()
import_nothing: import
import_keyword: import if
import_dot: import .a
walrus_plain: a := 1
walrus_attr: (a.b := 1)
walrus_sub: (a[0] := 1)
walrus_call: (f() := 1)
walrus_tuple: ((a, b) := 1)
walrus_arg: f(a.b := 1)
equals_if: if a = 1: pass
equals_while: while a.b = 1: pass
equals_elif: if a:\\n    pass\\nelif b = 2:\\n    pass
equals_paren: (a = 1)
equals_list: [a = 1]
equals_literal: if 1 = a: pass
gen_args: f(x for x in y, 1)
gen_args_second: f(1, x for x in y)
gen_args_two: f(a, b for b in c, d)
gen_class: class C(x for x in y): pass
keyword_positional: f(a=1, b)
unpacking_positional: f(**a, b)
unpacking_star: f(**a, *b)
keyword_expression: f(a + b=1)
keyword_true: f(True=1)
keyword_none: f(None=1)
keyword_attr: f(a.b=1)
keyword_gen: f(a=x for x in y)
star_group: (*a)
double_star_group: (**a)
star_comp: [*a for a in b]
dict_unpack_comp: {**a for a in b}
comp_tuple: [a, b for a, b in c]
comp_tuple_comma: [a, for a in c]
dict_no_value: {1: 2, 3}
dict_no_value_colon: {1:}
dict_star_value: {1: *a}
dict_missing: {1: 2, 3:, 4: 5}
ifexp_no_else: a if b
ifexp_no_else_arg: f(a if b)
def_no_colon: def f()\\n    pass
def_no_paren: def f:\\n    pass
def_no_block: def f():\\npass
def_default_order: def f(a=1, b): pass
def_default_missing: def f(a=): pass
def_star_alone: def f(*): pass
def_star_kwargs: def f(*, **k): pass
def_star_default: def f(*a=1): pass
def_kwargs_default: def f(**a=1): pass
def_kwargs_after: def f(**a, b): pass
def_kwargs_star: def f(**a, *b): pass
def_two_stars: def f(*a, *b): pass
def_slash_first: def f(/, a): pass
def_two_slashes: def f(a, /, b, /): pass
def_slash_star: def f(*a, /): pass
def_slash_comma: def f(a, / *b): pass
def_parens: def f(a, (b, c)): pass
def_literal: def f(1): pass
def_duplicate_comma: def f(a,, b): pass
lambda_default_order: lambda a=1, b: 0
lambda_star_alone: lambda *: 0
lambda_parens: lambda (a, b): 0
lambda_kwargs_after: lambda **a, b: 0
lambda_two_slashes: lambda a, /, b, /: 0
lambda_no_colon: lambda x 1
class_no_colon: class A\\n    pass
class_no_block: class A:\\npass
if_no_colon: if a\\n    pass
if_no_block: if a:\\npass
elif_no_block: if a:\\n    pass\\nelif b:\\npass
elif_no_colon: if a:\\n    pass\\nelif b\\n    pass
else_no_colon: if a:\\n    pass\\nelse\\n    pass
else_no_block: if a:\\n    pass\\nelse:\\npass
while_no_colon: while a\\n    pass
while_no_block: while a:\\npass
for_no_colon: for a in b\\n    pass
for_no_block: for a in b:\\npass
with_no_colon: with a as b\\n    pass
with_no_block: with a:\\npass
with_paren_no_colon: with (a as b)\\n    pass
with_paren_no_block: with (a as b):\\npass
try_no_block: try:\\npass
try_no_except: try:\\n    pass\\nx = 1
try_no_colon: try\\n    pass
except_no_block: try:\\n    pass\\nexcept A:\\npass
except_bare_no_block: try:\\n    pass\\nexcept:\\npass
except_no_colon: try:\\n    pass\\nexcept A\\n    pass
except_tuple: try:\\n    pass\\nexcept A, B:\\n    pass
except_star_empty: try:\\n    pass\\nexcept *:\\n    pass
except_star_no_block: try:\\n    pass\\nexcept* A:\\npass
except_mixed: try:\\n    pass\\nexcept A:\\n    pass\\nexcept* B:\\n    pass
except_mixed_other: try:\\n  pass\\nexcept* A:\\n  pass\\nexcept B:\\n  pass
finally_no_block: try:\\n    pass\\nfinally:\\npass
finally_no_colon: try:\\n    pass\\nfinally\\n    pass
match_no_colon: match x\\n    case 1: pass
match_no_block: match x:\\ncase 1: pass
case_no_colon: match x:\\n    case 1\\n        pass
case_no_block: match x:\\n    case 1:\\n    pass
case_as_wildcard: match x:\\n    case a as _: pass
case_as_target: match x:\\n    case a as b.c: pass
case_class_order: match x:\\n    case A(b=1, 2): pass
case_complex: match x:\\n    case 1 + 2: pass
case_real: match x:\\n    case 1j + 2j: pass
case_wildcard_call: match x:\\n    case _(): pass
async_alone: async x
decorator: @a\\nb = 1
else_alone: else:\\n    pass
return_twice: return return
lone_operator: a +
not_operator: a not b
ltgt: a <> b
increment: a++
semicolons: a;;b
empty_index: a[]
star_index: a[**b]
bytes_nonascii: b'\u00e9'
bytes_mix: 'a' b'b'
escape_x: '\\\\x4'
escape_u: '\\\\u12'
escape_big_u: '\\\\Uffffffff'
escape_name: '\\\\N{no such name}'
escape_name_open: '\\\\N{'
escape_bytes: b'\\\\x4'
fstring_empty: f'{}'
fstring_blank: f'{ }'
fstring_single: f'}'
fstring_open: f'{a'
fstring_comma: f'{a b}'
fstring_second_line: x = f\\"\\"\\"\\n{a b}\\"\\"\\"
fstring_backslash: f'{a\\\\nb}'
fstring_comment: f'{a#}'
fstring_conversion: f'{a!x}'
fstring_conversion_end: f'{a!r b}'
fstring_before_conversion: f'{!r}'
fstring_nested: f'{a:{b:{c}}}'
fstring_parens: f'{(a}'
fstring_paren: f'{a)}'
fstring_lambda: f'{lambda x:1}'
fstring_star: f'{*a}'
fstring_string: f'{"a}'
fstring_statement: f'{a = 1}'
fstring_statement_two: f'{a; b}'
huge_int: HUGEINT
"""


def snippets():
    for line in SNIPPETS.strip().split("\n"):
        name, text = line.split(": ", 1)
        text = (text.replace("\\\\", "\0").replace("\\n", "\n")
                .replace("\\t", "\t").replace('\\"', '"').replace("\0", "\\"))
        text = (text.replace("DEEPPARENS", "(" * 201)
                .replace("HUGEINT", "1" * 4301))
        if text == "DEEPINDENT":
            text = "".join(" " * i + "if a:\n" for i in range(101)) + "x"
        yield name, text


def main():
    warnings.simplefilter("ignore")
    for name, text in snippets():
        try:
            ast.parse(text)
        except SyntaxError as e:
            where = (e.lineno, e.offset, e.end_lineno, e.end_offset)
            error = "\t".join(str(w or 0) for w in where)
            error = f"!{type(e).__name__}\t{error}\t{e.msg}\n"
        else:
            sys.exit(f"make-invalid.py: {name} is valid: {text!r}")
        path = os.path.join(sys.argv[1], name)
        with open(path + ".py", "w", encoding="utf-8") as f:
            f.write(text)
        with open(path + ".err", "w", encoding="utf-8") as f:
            f.write(error)


if sys.version_info[:2] != (3, 11) or len(sys.argv) != 2:
    sys.exit(__doc__)
main()

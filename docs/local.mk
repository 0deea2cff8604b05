# SPDX-License-Identifier: MIT
# docs/: a page for each folder; decisions.
# list EXTRA_DIST += files *.md decisions/*.md
EXTRA_DIST += \
	%D%/base.md \
	%D%/cli-backend.md \
	%D%/decisions/0001-ints-of-50-bits.md \
	%D%/decisions/0002-links-go-through-frame-memory.md \
	%D%/decisions/0003-register-bytecode-of-8-bytes.md \
	%D%/decisions/0004-call-windows.md \
	%D%/decisions/0005-function-entry-traces-end-with-ret.md \
	%D%/decisions/0006-ints-of-64-bits-in-traces.md \
	%D%/decisions/0007-bridges-join-their-loop.md \
	%D%/decisions/README.md \
	%D%/frontend.md \
	%D%/gc.md \
	%D%/life-of-a-trace.md \
	%D%/runtime.md \
	%D%/status.md \
	%D%/testing.md \
	%D%/tracer.md
# end of list

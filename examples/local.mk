# SPDX-License-Identifier: MIT
# examples/: programs to try; square/ has its own part.
# list EXTRA_DIST += files *.py
EXTRA_DIST += \
	%D%/hello.py
# end of list
include examples/square/local.mk

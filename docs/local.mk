# SPDX-License-Identifier: MIT
# docs/: a page for each folder; decisions.
# list EXTRA_DIST += files *.md decisions/*.md
EXTRA_DIST += \
	%D%/status.md
# end of list

"a"
"b"
from __future__ import division
x: int
from __future__ import nope

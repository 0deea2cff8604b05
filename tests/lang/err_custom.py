# An exception class of the script, with a message of several lines.
class Problem(Exception):
    def __str__(self):
        return "line one\nline two"


class Outer:
    class Inner(Problem):
        pass


raise Outer.Inner

# Files in memory, and text over them.
import io
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
s=io.StringIO(); print(s.write('héllo\nwor'), s.getvalue(), s.tell()); s.seek(0); print(s.read(2), s.readline(), s.readlines(), s.read())
s.seek(3); s.write('XY'); print(s.getvalue()); s.seek(20); s.write('Z'); print(repr(s.getvalue())); print(s.truncate(4), s.getvalue(), s.tell())
t(lambda: s.seek(-1)); t(lambda: s.seek(1,1)); t(lambda: s.seek(0,5)); t(lambda: s.write(b'x')); t(lambda: s.truncate(-1)); t(lambda: s.read('x')); t(lambda:s.fileno())
print(list(io.StringIO('a\nb\r\nc\rd'))); print(list(io.StringIO('a\nb\r\nc\rd', newline=None))); print(list(io.StringIO('a\nb\r\nc\rd', newline='')));print(list(io.StringIO('a\nb\r\nc\rd', newline='\r')), io.StringIO('a\nb',newline='\r\n').getvalue())
print(s.closed, s.readable(), s.writable(), s.seekable(), s.isatty(), s.newlines, s.encoding, s.errors, s.line_buffering)
s.close(); t(s.getvalue); t(s.read); t(lambda: s.write('x')); t(lambda: s.__enter__()); print(s.closed); t(s.readable); t(s.close)
t(lambda: io.StringIO(3)); t(lambda: io.StringIO(None).getvalue()); t(lambda: io.StringIO('a','x'));t(lambda: io.StringIO(initial_value='q').read())
with io.StringIO('x') as f: print(f.read())
b=io.BytesIO(b'abc\ndef'); print(b.read(2), b.readline(), b.read(), b.tell()); b.seek(0); print(b.read1(3), b.getvalue(), bytes(b.getbuffer())); b.seek(-2,2); print(b.read()); b.seek(10); b.write(b'!'); print(b.getvalue())
x=bytearray(4); b.seek(0); print(b.readinto(x), x); t(lambda: b.write('x')); t(lambda: b.seek(-1)); t(lambda: b.seek(0,4)); print(b.truncate(2), b.getvalue()); t(lambda: io.BytesIO('x'))
print(list(io.BytesIO(b'a\nb'))); b.close(); t(b.read); t(b.getvalue); t(lambda: b.write(b'x')); t(b.tell)
class S(io.StringIO):
    def __init__(self, *a): super().__init__(*a); self.x=1
    def write(self, t): return super().write(t.upper())
s=S(); print('abc', file=s); print(s.getvalue(), s.x)
print(repr(io.StringIO('')).startswith('<_io.StringIO object at 0x'), io.StringIO.__name__, type(io.StringIO('')), io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.DEFAULT_BUFFER_SIZE)
print(issubclass(io.StringIO, io.IOBase), isinstance(io.StringIO(), io.TextIOBase), isinstance(open('/dev/null'), io.TextIOBase), isinstance(open('/dev/null','rb'), io.BufferedIOBase), isinstance(open('/dev/null','rb',0), io.RawIOBase), isinstance(open('/dev/null'), io.TextIOWrapper), isinstance(open('/dev/null'), io.IOBase))
t(lambda: io.StringIO().readline(-5)); t(lambda: next(io.StringIO())); print(io.StringIO('abc').readline(2), io.BytesIO(b'abc').readline(2), io.StringIO('a\nb\n').readlines(1))
w=io.TextIOWrapper(io.BytesIO(b'x\r\ny'), encoding='utf-8'); print(w.read())
w=io.BytesIO(); tw=io.TextIOWrapper(w, encoding='utf-8', newline='\n'); tw.write('hé\n'); tw.flush(); print(w.getvalue())

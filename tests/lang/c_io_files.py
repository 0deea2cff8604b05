# Files: modes, errors, newlines, encodings. In a folder of its own (the first
# argument), shown as /tmp.
import builtins
import io
import sys
D = sys.argv[1]
def print(*args, **kw):
    builtins.print(*(str(a).replace(D, '/tmp') for a in args), **kw)
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__, type(e).__name__, e)
open(D + '/nacre_lang_io.txt','w').write('a\nb\n')
for mode in 'r','w','rb','wb','r+b','a+':
    f=open(D + '/nacre_lang_io2.txt' if 'w' in mode else D + '/nacre_lang_io.txt',mode)
    print(mode, f, type(f), f.mode)
    t(lambda: f.name)
    for m in 'readable writable seekable isatty tell read readline'.split(): print(m, end=' '); t(getattr(f,m))
    t(lambda: f.write('x')); t(lambda: f.write(b'x'))
    t(lambda: f.seek(1,1)); t(lambda: f.seek(-1)); t(lambda: f.seek(0,7));t(lambda: f.truncate()); t(lambda: next(f)); t(lambda: iter(f) is f)
    f.close()
    for m in 'readable writable seekable isatty fileno tell read readline readlines flush __enter__ truncate'.split(): print(m, end=' '); t(getattr(f,m))
    t(lambda: f.write('x')); t(lambda: f.write(b'x'));  t(lambda: f.seek(0)); t(lambda: next(f)); t(lambda: iter(f)); t(lambda: f.writelines([]))
    print(f.closed, f)
f=open(D + '/nacre_lang_io.txt','rb',0); print(f, type(f), f.mode); t(f.read); t(lambda: f.write(b'x')); f.close(); t(f.read)
for a in [('/nonexist',),(D,),(D + '/nacre_lang_io.txt','q'),(D + '/nacre_lang_io.txt','rw'),(D + '/nacre_lang_io.txt','br','x'),(D + '/nacre_lang_io.txt','rbt'),(D + '/nacre_lang_io.txt',''),(D + '/nacre_lang_io.txt','r',0),(3.5,),(None,),(D + '/nacre_lang_io.txt','r',-1,'nope'),(D + '/nacre_lang_io.txt','r',-1,None,None,'x'),('a\0b',),(D + '/nacre_lang_io.txt','rb',-1,'utf8'),(D + '/nacre_lang_io.txt','rb',-1,None,'strict'),(D + '/nacre_lang_io.txt','rb',-1,None,None,'\n'),(-1,),(99,),(D + '/nacre_lang_io.txt','r',-1,3),(D + '/nacre_lang_io.txt',3)]:
    print(a, end=' '); t(lambda: open(*a))
with open(D + '/nacre_lang_io.txt','wb') as f: f.write(b'a\r\nb\rc\n\xc3\xa9')
f=open(D + '/nacre_lang_io.txt',encoding='utf8'); print(f.newlines, f.read(), f.newlines, f.encoding)
f=open(D + '/nacre_lang_io.txt',newline=''); print(f.readlines(), f.newlines)
f=open(D + '/nacre_lang_io.txt',newline='\r'); print(f.readlines(), f.newlines)
f=open(D + '/nacre_lang_io.txt','rb'); print(f.readlines(), f.peek(1)); b=bytearray(3); f.seek(0); print(f.readinto(b), b, f.read1(2), f.peek(1)[:1]); print(f.raw, f.raw.name, f.raw.closefd)
f=open(D + '/nacre_lang_io.txt'); print(next(f)); t(f.tell); print(f.buffer)
t(lambda: f.detach()); t(f.read)
t(lambda: open(D + '/nacre_lang_io.txt').write(3)); t(lambda: open(D + '/nacre_lang_io3.txt','w').write(3)); t(lambda: open(D + '/nacre_lang_io3.txt','wb').write(3)); t(lambda: open(D + '/nacre_lang_io3.txt','w').writelines(3)); t(lambda: open(D + '/nacre_lang_io3.txt','w').writelines([3]))
f=open(D + '/nacre_lang_io3.txt','w',encoding='utf-16'); f.write('a'); f.write('b'); f.close(); print(open(D + '/nacre_lang_io3.txt','rb').read()); print(open(D + '/nacre_lang_io3.txt',encoding='utf-16').read())
f=open(D + '/nacre_lang_io3.txt','w',newline='\r\n'); f.write('a\nb'); f.close(); print(open(D + '/nacre_lang_io3.txt','rb').read())
f=open(D + '/nacre_lang_io3.txt','w+'); f.write('héllo\nworld'); f.seek(0); print(f.read(3), f.tell(), f.read()); f.seek(0,2); f.write('X'); f.seek(0); print(f.read())
t(lambda: open(D + '/nacre_lang_io3.txt','x'))
t(lambda: open(D + '/nacre_lang_io.txt', encoding='ascii').read())
print(io.StringIO.__mro__, io.BytesIO.__mro__, io.UnsupportedOperation.__mro__)
import time
from time import gmtime, struct_time
print(gmtime(0), time.asctime(gmtime(86400)), time.strftime("%Y-%m-%d %H:%M:%S %j", gmtime(1e9)))
t(lambda: struct_time((1, 2))); t(lambda: time.sleep(-1)); t(lambda: time.strftime("%Y", (1,) * 8)); t(lambda: time.asctime((2000, 13) + (0,) * 7))
print(struct_time(range(9)).tm_zone, struct_time(range(9)), gmtime(0)[:3], gmtime(0).tm_zone, isinstance(gmtime(0), tuple))

# pipestart.py METRIC STATEMENT -- CMD... : prints METRIC (spawn to exit, with STATEMENT on standard input)
import subprocess,sys,time
metric,stmt,cmd=sys.argv[1],sys.argv[2],sys.argv[4:]
t=time.perf_counter()
p=subprocess.Popen(cmd,stdin=subprocess.PIPE,stdout=subprocess.PIPE,stderr=subprocess.STDOUT)
out,_=p.communicate(stmt.encode()+b"\n"); te=time.perf_counter()
if p.returncode or not out: print("status",p.returncode,out[-200:],file=sys.stderr); sys.exit(1)
print(metric,(te-t)*1e3)

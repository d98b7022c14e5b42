const B=Buffer.from('{"title": "practice", "items": [1, 2, 3]}\n');
require('http').createServer((q,r)=>{r.writeHead(q.url=='/json'?200:404,{'Content-Type':'application/json','Content-Length':B.length});r.end(B)}).listen(+process.argv[2],'127.0.0.1');

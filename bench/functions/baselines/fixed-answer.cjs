// A server that sends the same bytes for every request, without routes and without a registry. It shows the highest
// speed that node:http allows.
const { createServer } = require('node:http');

const body = '#'.repeat(5500);
const headers = { 'content-type': 'text/plain', 'content-length': body.length };
createServer((_, response) => response.writeHead(200, headers).end(body)).listen(
  Number(process.argv[2]),
  '127.0.0.1',
);

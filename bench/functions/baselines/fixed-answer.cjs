// Answers every request with the same text. An exporter with node:http cannot be faster.
const { createServer } = require('node:http');

const body = '#'.repeat(5500);
const headers = { 'content-type': 'text/plain', 'content-length': body.length };
createServer((_, response) => response.writeHead(200, headers).end(body)).listen(
  Number(process.argv[2]),
  '127.0.0.1',
);

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { ObtainOptions } from '../../toolchain/index.ts';
import { program, type Workbench } from './workbench.ts';

/** Runs a server until the test ends, and returns its origin. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The keys of `files` are paths. `asked` lists the requested paths. */
export async function serveFiles(files: Readonly<Record<string, Buffer | string>>) {
  const asked: string[] = [];
  const origin = await serve((request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': Buffer.byteLength(file) }).end(file);
  });
  return { origin, asked };
}

/** Runs an HTTP proxy to `target` until the test ends. Without `target`, the proxy answers with 407. */
export async function tunnelTo(target: URL | undefined) {
  const asked: string[] = [];
  const logins: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    if (request.headers['proxy-authorization']) logins.push(request.headers['proxy-authorization']);
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (target === undefined) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const upstream = connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => undefined);
    sockets.add(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, logins };
}

/** Returns a tar.gz file of fake programs. `says` maps a program name to its version text. */
export function archiveOf({ root }: Workbench, name: string, says: Readonly<Record<string, string>>): Buffer {
  const folder = join(root, 'archives', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, version] of Object.entries(says)) program(join(folder, file), version);
  execFileSync('tar', ['-czf', `${folder}.tar.gz`, '-C', join(root, 'archives'), name]);
  return readFileSync(`${folder}.tar.gz`);
}

export function checksumLine(name: string, content: Buffer): string {
  return `${createHash('sha256').update(content).digest('hex')}  ${name}\n`;
}

export function releasedFrom(
  { options }: Workbench,
  origin: string,
  more: NonNullable<ObtainOptions['seams']>['releases'] = {},
): ObtainOptions {
  return { ...options, seams: { ...options.seams, releases: { origin, ...more } } };
}

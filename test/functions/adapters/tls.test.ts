import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listen, open, type ServerLimits } from '../../../functions/adapters/node/index.ts';
import { usdtExporter } from '../../../functions/usdt-exporter/index.ts';
import { writeCertificate } from '../certificate.ts';
import '../quiet.ts';

/** A folder of certificates as Kubernetes mounts a Secret: the files are links into a folder that is swapped whole. */
function mountedSecret() {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let generation = 0;
  const swap = (fill: (into: string) => void) => {
    generation += 1;
    const into = join(folder, `..${generation}`);
    execFileSync('mkdir', [into]);
    fill(into);
    symlinkSync(`..${generation}`, join(folder, '..next'));
    renameSync(join(folder, '..next'), join(folder, '..data'));
  };
  const renew = (name: string) => swap((into) => writeCertificate(into, name));
  renew('first');
  for (const file of ['tls.crt', 'tls.key']) symlinkSync(`..data/${file}`, join(folder, file));
  return { files: { cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') }, renew, swap };
}

/** Whose certificate the server shows on a new connection, and what it answers. */
function get(url: string, ca: string): Promise<{ subject: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ca, agent: false }, (response) => {
      const name = (response.socket as TLSSocket).getPeerCertificate().subject?.CN;
      const subject = Array.isArray(name) ? name[0] : name;
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ subject, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const app = new Hono().get('/', (c) => c.text(c.req.url));

async function serving(files: { cert: string; key: string }, limits: ServerLimits = {}) {
  const options = { host: '127.0.0.1', port: 0, tls: files, tlsIntervalMs: 10 };
  const server = await listen(app.fetch, { ...options, ...limits });
  onTestFinished(() => server.close());
  return server;
}

describe('the Node server with a certificate', () => {
  it('serves HTTPS, and its handler knows', async () => {
    const { files } = mountedSecret();
    const { url } = await serving(files);
    expect(url).toMatch(/^https:/);
    const { body } = await get(url, readFileSync(files.cert, 'utf8'));
    expect(body).toBe(`${url}/`);
  });

  it('serves a renewed certificate without a restart', async () => {
    const { files, renew } = mountedSecret();
    const { url } = await serving(files);
    renew('second');
    const ca = readFileSync(files.cert, 'utf8');
    await vi.waitFor(async () => expect((await get(url, ca)).subject).toBe('second'));
  });

  it('keeps the certificate that works while the files do not', async () => {
    const { files, renew, swap } = mountedSecret();
    const first = readFileSync(files.cert, 'utf8');
    const { url } = await serving(files);
    const logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => logged.mockRestore());
    swap((into) => {
      writeFileSync(join(into, 'tls.crt'), 'half a certificate');
      writeFileSync(join(into, 'tls.key'), '');
    });
    await vi.waitFor(() => expect(logged).toHaveBeenCalled());
    expect((await get(url, first)).subject).toBe('first');
    renew('third');
    const ca = readFileSync(files.cert, 'utf8');
    await vi.waitFor(async () => expect((await get(url, ca)).subject).toBe('third'));
  });
});

it('the Node server closes on a client that connects and never shakes hands', async () => {
  const { files } = mountedSecret();
  const { port } = await serving(files, { requestTimeoutMs: 50 });
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'close');
});

describe('a function told of a certificate', () => {
  const settings = { PORT: '0', USDT_UPSTREAM_URL: 'http://127.0.0.1:1' };

  it('serves HTTPS', async () => {
    const { files } = mountedSecret();
    const env = { ...settings, TLS_CERT_FILE: files.cert, TLS_KEY_FILE: files.key };
    const server = await open(usdtExporter, env);
    onTestFinished(() => server.close());
    const { body } = await get(`${server.url}/healthz`, readFileSync(files.cert, 'utf8'));
    expect(body).toBe('ok\n');
  });

  it('refuses a certificate without its key, and says which setting is missing', async () => {
    await expect(open(usdtExporter, { ...settings, TLS_CERT_FILE: '/tls.crt' })).rejects.toThrow(
      /^TLS_KEY_FILE: expected .* TLS_CERT_FILE is set/,
    );
  });

  it('names a file that it cannot read', async () => {
    const env = { ...settings, TLS_CERT_FILE: '/nowhere/tls.crt', TLS_KEY_FILE: '/nowhere/tls.key' };
    await expect(open(usdtExporter, env)).rejects.toThrow('cannot read /nowhere/tls.crt');
  });
});

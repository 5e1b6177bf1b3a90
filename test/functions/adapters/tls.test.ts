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

/** A folder of links, like a mounted Secret. A renewal replaces the folder behind the links. */
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
  it('passes an https URL to the handler', async () => {
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

  it('keeps its certificate while the new files are invalid', async () => {
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

it('the Node server closes a connection on which the client starts no TLS handshake', async () => {
  const { files } = mountedSecret();
  const { port } = await serving(files, { requestTimeoutMs: 50 });
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'close');
});

describe('a function with a certificate', () => {
  const settings = { PORT: '0', USDT_UPSTREAM_URL: 'http://127.0.0.1:1' };

  it('serves HTTPS', async () => {
    const { files } = mountedSecret();
    const env = { ...settings, TLS_CERT_FILE: files.cert, TLS_KEY_FILE: files.key };
    const server = await open(usdtExporter, env);
    onTestFinished(() => server.close());
    const { body } = await get(`${server.url}/healthz`, readFileSync(files.cert, 'utf8'));
    expect(body).toBe('ok\n');
  });

  it('does not start if the certificate has no key', async () => {
    await expect(open(usdtExporter, { ...settings, TLS_CERT_FILE: '/tls.crt' })).rejects.toThrow(
      /^TLS_KEY_FILE: expected .* TLS_CERT_FILE is set/,
    );
  });

  it('does not start if the certificate file cannot be read', async () => {
    const env = { ...settings, TLS_CERT_FILE: '/nowhere/tls.crt', TLS_KEY_FILE: '/nowhere/tls.key' };
    await expect(open(usdtExporter, env)).rejects.toThrow('cannot read /nowhere/tls.crt');
  });

  describe('the check of the TLS files', () => {
    const files = (fill: (folder: string) => void = () => undefined) => {
      const folder = mkdtempSync(join(tmpdir(), 'pair-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      writeCertificate(folder, 'server');
      fill(folder);
      return { TLS_CERT_FILE: join(folder, 'tls.crt'), TLS_KEY_FILE: join(folder, 'tls.key') };
    };
    const refusal = async (env: Readonly<Record<string, string>>) => {
      const error: unknown = await open(usdtExporter, { ...settings, ...env }).catch((reason) => reason);
      if (!(error instanceof Error)) throw new Error('it serves');
      return error.message;
    };

    it('refuses the key of another certificate', async () => {
      const { TLS_CERT_FILE } = files();
      const { TLS_KEY_FILE } = files();
      expect(await refusal({ TLS_CERT_FILE, TLS_KEY_FILE })).toBe(
        `TLS_KEY_FILE: expected the private key of the certificate in ${TLS_CERT_FILE} (CN=server), got another key in ` +
          `${TLS_KEY_FILE}. Set TLS_CERT_FILE and TLS_KEY_FILE to a matching pair. The certificate of the server must be the first certificate in ${TLS_CERT_FILE}.`,
      );
    });

    it('refuses a file without PEM text', async () => {
      const noCertificate = files((folder) => writeFileSync(join(folder, 'tls.crt'), 'half a certificate'));
      expect(await refusal(noCertificate)).toContain(
        `TLS_CERT_FILE: expected a PEM certificate in ${noCertificate.TLS_CERT_FILE}, got other content`,
      );
      const noKey = files((folder) => writeFileSync(join(folder, 'tls.key'), ''));
      expect(await refusal(noKey)).toContain(
        `TLS_KEY_FILE: expected a PEM private key without a passphrase in ${noKey.TLS_KEY_FILE}, got other content`,
      );
    });

    it('refuses a certificate with a weak key', async () => {
      const weak = files((folder) => {
        const out = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
        execFileSync(
          'openssl',
          ['req', '-x509', '-newkey', 'rsa:512', '-nodes', '-days', '1', '-subj', '/CN=weak', ...out],
          { stdio: 'ignore' },
        );
      });
      expect(await refusal(weak)).toContain(
        `TLS refuses the certificate in ${weak.TLS_CERT_FILE} or the key in ${weak.TLS_KEY_FILE}: `,
      );
    });

    it('logs the paths of wrong renewed files', async () => {
      const { files: mounted, swap } = mountedSecret();
      await serving(mounted);
      const logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      onTestFinished(() => logged.mockRestore());
      swap((into) => {
        writeCertificate(into, 'second');
        writeFileSync(join(into, 'tls.key'), readFileSync(files().TLS_KEY_FILE));
      });
      const lines = () => logged.mock.calls.map(([line]) => String(line)).join('');
      await vi.waitFor(() => expect(lines()).toContain(mounted.cert));
      expect(lines()).toContain(`got another key in ${mounted.key}`);
    });
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { writeCertificate } from './certificate.ts';

/** An HTTPS server that answers `safe`. Its certificate is also the CA certificate. */
export async function secureMock(): Promise<{ port: number; ca: string; caFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ca-'));
  writeCertificate(folder, 'localhost');
  const caFile = join(folder, 'tls.crt');
  const ca = readFileSync(caFile, 'utf8');
  const server = createServer({ key: readFileSync(join(folder, 'tls.key')), cert: ca }, (_, outgoing) =>
    outgoing.end('safe'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  return { port: (server.address() as AddressInfo).port, ca, caFile };
}

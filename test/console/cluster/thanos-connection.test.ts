import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectTo } from '../../../console/cluster/connection.ts';
import { engineApis } from '../../../console/engine-apis.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { startGuard } from '../../../toolchain/process-guard.ts';
import { writeCertificate } from '../../functions/certificate.ts';
import { onThanos } from '../../stacks/environments.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does } = kubectlMock();
const servers: Server[] = [];
let folder: string;
let pem: { cert: string; key: string };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-thanos-'));
  writeCertificate(folder, 'querier', 'DNS:localhost');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  pem = { cert: read('tls.crt'), key: read('tls.key') };
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

async function fakeServer(data: unknown, demandsCertificate = false) {
  const asked: string[] = [];
  const mutual = demandsCertificate && { ca: pem.cert, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ ...pem, ...mutual }, ({ url = '', socket }, response) => {
    const named = demandsCertificate
      ? (socket as TLSSocket).getPeerCertificate().subject?.CN
      : 'no certificate';
    asked.push(`${url.replace(/\?.*$/, '')} ${named}`);
    response.end(JSON.stringify({ data }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, asked };
}

it('the console of an environment on Thanos connects to the querier, the ruler and the scraper', async () => {
  const querier = await fakeServer({ resultType: 'vector', result: [] }, true);
  const ruler = await fakeServer({ startTime: '2026-01-01T00:00:00Z' });
  const scraper = await fakeServer({ activeTargets: [] });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const answer = (data: object) => JSON.stringify({ data });
  does(`
    forward() { echo "Forwarding from 127.0.0.1:$1 -> 1"; exec sleep 60; }
    case "$*" in
      *port-forward*service/thanos-query*10902*) forward ${querier.port};;
      *port-forward*service/thanos-ruler-operated*10902*) forward ${ruler.port};;
      *port-forward*service/kube-prometheus-stack-*) forward ${scraper.port};;
      *configmap*) cat <<'END'\n${answer({ 'ca.crt': pem.cert })}\nEND\n;;
      *secret*grafana-reader-tls*) cat <<'END'\n${answer({ 'tls.crt': base64(pem.cert), 'tls.key': base64(pem.key) })}\nEND\n;;
      *) echo "unexpected: $*" >&2; exit 1;;
    esac`);
  const [environment] = checkEnvironments([onThanos]);
  if (!environment) throw new Error('no environment');
  const guard = startGuard();
  const signal = AbortSignal.timeout(15_000);
  try {
    const connection = await connectTo(environment, { guard, report: () => {}, signal });
    try {
      const { prometheus, sendToPrometheus, alerts } = engineApis(connection.prometheus, connection.thanos);
      expect(await prometheus.query('up')).toEqual([]);
      expect(await prometheus.targets()).toEqual([]);
      await sendToPrometheus('/api/v1/query_range?query=up', { method: 'GET', signal });
      await sendToPrometheus('/api/v1/status/tsdb', { method: 'GET', signal });
      expect(await alerts.startedAt()).toBe(Date.parse('2026-01-01T00:00:00Z'));
      expect(querier.asked).toEqual(['/api/v1/query querier', '/api/v1/query_range querier']);
      expect(scraper.asked).toEqual(['/api/v1/targets no certificate', '/api/v1/status/tsdb no certificate']);
      expect(ruler.asked).toEqual(['/api/v1/status/runtimeinfo no certificate']);
    } finally {
      await connection.close();
    }
  } finally {
    guard.release();
  }
});

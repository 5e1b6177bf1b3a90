import { readFileSync } from 'node:fs';
import { request as proxied } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { jobs, sourcePorts } from '../../sources/index.ts';
import type { Finding, System } from '../../verify/check.ts';
import { pushGroups } from '../../verify/checks/push-groups.ts';
import { clusterSystem } from '../../verify/cluster.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { verify } from '../../verify/verify.ts';
import { writeCertificate } from '../functions/certificate.ts';
import { obtainTimeoutMs, pathOf, running } from '../functions/programs.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does } = kubectlMock();

beforeAll(async () => {
  await pathOf('pushgateway');
}, obtainTimeoutMs);

/** Runs a real Pushgateway. The returned `system` contains the URL of this Pushgateway. */
async function opened() {
  const { url, folder } = await running('pushgateway', ({ address }) => [`--web.listen-address=${address}`]);
  const push = async (group: string, body = 'a 1\n') =>
    (await fetch(`${url}/metrics/job/${group}`, { method: 'POST', body })).status;
  const scrape = async () => (await fetch(`${url}/metrics`)).status;
  const system = laptopSystem(Number(new URL(url).port) - sourcePorts.pushgateway);
  return { url, folder, push, scrape, system };
}

/** @param labels the labels that a scrape of the Pushgateway adds */
const scraping = (system: System, labels: Readonly<Record<string, string>>): System => ({
  ...system,
  prometheus: {
    ...system.prometheus,
    targets: async () => [
      { labels: { job: jobs.pushgateway, ...labels }, scrapeUrl: '', health: 'up', lastError: '' },
    ],
  },
});

const ofGroups = (findings: readonly Finding[]) =>
  findings.filter((finding) => finding.check === 'Pushgateway groups are distinct');

/** The shell commands in a finding. */
const commands = ({ detail }: Finding) =>
  detail
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim());

describe('the check of two push groups with the same series', () => {
  it('reports the groups if a scrape of the Pushgateway returns HTTP 500', async () => {
    const { push, scrape, system } = await opened();
    expect(await push('x/instance@base64/=')).toBe(200);
    expect(await push('x')).toBe(400);
    expect(await push('y')).toBe(400);
    expect(await scrape()).toBe(500);
    const [finding, ...more] = ofGroups(await verify(system));
    if (!finding) throw new Error('no finding');
    expect(more).toEqual([]);
    expect(finding.verdict).toBe('fail');
    expect(finding.detail).toContain('{job="x", instance=""}');
    expect(finding.detail).toContain('push_time_seconds');
    for (const command of commands(finding)) await execa('sh', ['-c', command]);
    await vi.waitUntil(async () => (await scrape()) === 200);
    expect(await push('x')).toBe(200);
    expect(ofGroups(await verify(system))).toMatchObject([{ verdict: 'pass' }]);
  });

  // In the JSON of the Pushgateway, a metric named `labels` replaces the grouping key.
  it.each([
    ['the first group has', 'labels 1\n', 'a 1\n'],
    ['the second group has', 'a 1\n', 'labels 1\n'],
    ['both groups have', 'labels 1\n', 'labels 1\n'],
  ])('reports the groups even if %s a metric named `labels`', async (_, empty, plain) => {
    const { push, scrape, system } = await opened();
    expect(await push('x/instance@base64/=', empty)).toBe(200);
    expect(await push('y', plain)).toBe(200);
    expect(await push('y/dag_id@base64/=', empty)).toBe(200);
    expect(await push('x', plain)).toBe(400);
    const findings = ofGroups(await verify(system));
    expect(findings).toMatchObject([{ verdict: 'fail' }, { verdict: 'fail' }]);
    for (const command of findings.flatMap(commands)) await execa('sh', ['-c', command]);
    await vi.waitUntil(async () => (await scrape()) === 200);
    expect(ofGroups(await verify(system))).toMatchObject([{ verdict: 'pass' }]);
  });

  it('escapes control characters in the finding', async () => {
    const { push, system } = await opened();
    const value = Buffer.from('\u001b[2J\u009b2J\u202e\u2028x').toString('base64url');
    await push(`x/a@base64/${value}/instance@base64/=`);
    await push(`x/a@base64/${value}`);
    const [finding] = ofGroups(await verify(system));
    expect(finding?.verdict).toBe('fail');
    expect(finding?.detail).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    expect(finding?.detail).toContain('\\u001b[2J\\u{9b}2J\\u{202e}\\u{2028}x');
  });

  it('reports the groups even if scrapes succeed', async () => {
    const { push, scrape, system } = await opened();
    await push('x/dag_id@base64/=');
    await push('x');
    await push('x/dag_id/other');
    expect(await scrape()).toBe(200);
    const [finding] = ofGroups(await verify(system));
    expect(finding?.verdict).toBe('fail');
    expect(finding && commands(finding)).toEqual([
      expect.stringMatching(
        /^curl --fail -X DELETE 'http:\/\/127\.0\.0\.1:\d+\/metrics\/job\/x\/dag_id@base64\/='$/,
      ),
    ]);
  });

  it('reports the groups if the scrape makes their labels equal', async () => {
    const { push, system } = await opened();
    await push('x/namespace/airflow-3');
    await push('x');
    const scraped = await pushGroups(scraping(system, { namespace: 'airflow-3' }));
    expect(scraped).toMatchObject([{ verdict: 'fail' }]);
    expect(scraped.flatMap(commands)).toEqual([
      expect.stringContaining('/metrics/job/x/namespace/airflow-3'),
    ]);
    expect(await pushGroups(scraping(system, { namespace: 'another' }))).toMatchObject([{ verdict: 'pass' }]);
  });

  it('reports the groups even if their grouping keys have different label names', async () => {
    const { push, system } = await opened();
    await push('x', 'b{stage="load"} 1\n');
    await push('x/stage/load/none@base64/=', 'b 1\n');
    const [finding] = await pushGroups(scraping(system, {}));
    expect(finding?.detail).toMatch(/create the same series in Prometheus\. Metrics of these series: b\./);
  });
});

it('the check of the push groups accepts groups whose series have different labels', async () => {
  const { push, system } = await opened();
  for (const group of ['x/dag_id/1', 'x/dag_id/2', 'y/instance@base64/=']) await push(group);
  const [finding] = await pushGroups(system);
  expect(finding?.verdict).toBe('pass');
  expect(finding?.detail).toMatch(/^3 groups; .*\{job="y", instance=""\}$/);
  expect(await pushGroups((await opened()).system)).toMatchObject([{ verdict: 'pass', detail: '0 groups' }]);
});

it('verify reports a Pushgateway that does not answer', async () => {
  const { system } = await opened();
  const pushgateway = () => Promise.reject(new Error('Port 9091 cannot be forwarded'));
  const findings = await verify({ ...system, pushgateway });
  expect(findings).toContainEqual({
    check: 'Pushgateway',
    verdict: 'fail',
    detail: 'Port 9091 cannot be forwarded',
  });
});

it('the check of the push groups reads the groups in a cluster through a port-forward', async () => {
  const { url, folder, push, scrape } = await opened();
  await push('x/instance@base64/=');
  await push('x');
  writeCertificate(folder, 'pushgateway', 'DNS:localhost');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const server = createServer({ cert: read('tls.crt'), key: read('tls.key') }, (incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming;
    proxied(`${url}${path}`, { method }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const config = JSON.stringify({ data: { 'ca.crt': read('tls.crt') } });
  does(`
    case "$*" in
      *port-forward*) echo 'Forwarding from 127.0.0.1:${port} -> 9091'; exec sleep 20;;
      *jsonpath*) cat '${join(folder, 'tls.crt')}';;
      *configmap*) cat <<'END'\n${config}\nEND\n;;
    esac`);
  const local = checkEnvironments(Object.values(environments)).find(({ name }) => name === 'local');
  if (!local) throw new Error('no local environment');
  const system = await clusterSystem(local);
  try {
    const [finding] = await pushGroups(scraping(system, {}));
    if (!finding) throw new Error('no finding');
    const [forward = '', ...deletions] = commands(finding);
    expect(forward).toMatch(
      /^kubectl --context \S+ .*--namespace airflow-3 port-forward service\/pushgateway 9091 /,
    );
    expect(deletions).toHaveLength(1);
    for (const command of deletions)
      await execa('bash', ['-c', command.replace('localhost:9091', `localhost:${port}`)]);
    await vi.waitUntil(async () => (await scrape()) === 200);
  } finally {
    await system.close();
  }
});

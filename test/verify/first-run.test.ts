import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { queriesOf } from '../../metrics/queries.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import type { Finding, System } from '../../verify/check.ts';
import { queries } from '../../verify/checks/queries.ts';
import { clusterSystem } from '../../verify/cluster.ts';
import { firstRun } from '../../verify/first-run.ts';
import { findingsTable } from '../../verify/table.ts';
import { exitCodeOf, exitCodes } from '../../verify/verify.ts';
import { variants } from '../stacks/environments.ts';
import { kubectlMock } from './kubectl-mock.ts';

const cronJob = (creationTimestamp: string, suspend = false) => ({
  metadata: { creationTimestamp },
  spec: { suspend },
});

describe('the first run of a CronJob', () => {
  it.each([
    ['10m', '2026-11-25T23:32:07Z', '2026-11-25T23:40:00.000Z'],
    ['10m', '2026-11-25T23:40:00Z', '2026-11-25T23:50:00.000Z'],
    ['6h', '2026-11-25T23:32:07Z', '2026-11-26T00:00:00.000Z'],
    ['24h', '2026-11-26T00:00:01Z', '2026-11-27T00:00:00.000Z'],
  ])('is at the next multiple of %s after the creation at %s', (every, created, at) => {
    const run = firstRun(cronJob(created), every);
    expect(run?.at.toISOString()).toBe(at);
    expect(run?.expectedBy.getTime()).toBe(Date.parse(at) + 8 * 60_000);
  });

  it('is unknown while the CronJob is suspended', () => {
    expect(firstRun(cronJob('2026-11-25T23:32:07Z', true), '10m')).toBeUndefined();
  });
});

describe('the check of missing batch metrics', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const cluster = 'nats-primary';
  const pushed = queriesOf(cluster, []).filter(({ act }) => act === 'push');

  /** Checks the documented queries at the time `now`. The mock returns no data for queries about the batch. */
  async function findingsAt(now: string, firstBatch?: System['firstBatch']): Promise<readonly Finding[]> {
    vi.setSystemTime(now);
    const exprs = pushed.map(({ expr }) => expr);
    const query = async (expr: string) =>
      exprs.includes(expr) ? [] : [{ metric: { cluster }, value: [0, '1'] as const }];
    const system = { prometheus: { query }, primaryCluster: cluster, federatedClusters: [] };
    return queries({ ...system, ...(firstBatch && { firstBatch }) } as unknown as System);
  }
  const due = async () => firstRun(cronJob('2026-11-25T23:32:07Z'), '10m');
  const details = (findings: readonly Finding[]) => [
    ...new Set(findings.filter(({ verdict }) => verdict !== 'pass').map((f) => `${f.verdict} ${f.detail}`)),
  ];

  it('has the result `wait` before the first CronJob run', async () => {
    const findings = await findingsAt('2026-11-25T23:33:00Z', due);
    expect(details(findings)).toEqual(['wait waiting for the first run at 2026-11-25T23:40:00.000Z']);
    expect(findings.filter(({ verdict }) => verdict === 'wait')).toHaveLength(pushed.length);
    expect(exitCodeOf(findings)).toBe(exitCodes.waiting);
    expect(findingsTable(findings)).toMatch(/0 failed, 5 waiting, .*$/);
  });

  it('fails 8 minutes after the due time of the first run', async () => {
    expect(exitCodeOf(await findingsAt('2026-11-25T23:47:59Z', due))).toBe(exitCodes.waiting);
    const late = await findingsAt('2026-11-25T23:48:00Z', due);
    expect(details(late)).toEqual([
      'fail no data, although the first run of the CronJob was due at 2026-11-25T23:40:00.000Z; read the log of the newest pod of the CronJob',
    ]);
    expect(exitCodeOf(late)).toBe(exitCodes.failing);
  });

  it('fails if the time of the first run is unknown', async () => {
    expect(details(await findingsAt('2026-11-25T23:33:00Z'))).toEqual(['fail no data']);
    expect(details(await findingsAt('2026-11-25T23:33:00Z', async () => undefined))).toEqual([
      'fail no data',
    ]);
  });

  it('fails if kubectl cannot read the CronJob', async () => {
    const broken = () => Promise.reject(new Error('kubectl get cronjob: forbidden'));
    expect(details(await findingsAt('2026-11-25T23:33:00Z', broken))).toEqual([
      'fail no data; kubectl get cronjob: forbidden',
    ]);
  });
});

it('verify exits with the failure code if one check fails and another check has no result yet', () => {
  const finding = (verdict: Finding['verdict']): Finding => ({ check: verdict, verdict, detail: '' });
  expect(exitCodeOf([finding('pass'), finding('skip')])).toBe(exitCodes.sound);
  expect(exitCodeOf([finding('wait'), finding('fail')])).toBe(exitCodes.failing);
  const table = findingsTable([finding('fail'), finding('wait'), finding('pass')]);
  expect(table.split('\n').slice(0, 3)).toEqual(['✓ pass  ', '… wait  ', '✗ fail  ']);
});

it('the documentation page on checks explains each exit code of verify', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/checks.md'), 'utf8');
  const codes = [...guide.matchAll(/^ {2}\| (\d) \| /gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(exitCodes));
});

describe('the time of the first batch run', () => {
  const { does, calls } = kubectlMock();
  const all = [...checkEnvironments(Object.values(environments)), ...checkEnvironments(variants)];

  const cluster = (cronjob: string) => `
    case "$*" in
      *port-forward*) echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *secret*) echo '{"data":{"tls.crt":"UEVN","tls.key":"UEVN"}}';;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *cronjob*) ${cronjob};;
    esac`;

  it.each(all.map((environment) => [environment.name, environment] as const))(
    'is known only if a CronJob runs the batch: environment "%s"',
    async (_name, environment) => {
      does(cluster(`echo '${JSON.stringify(cronJob('2026-11-25T23:59:07Z'))}'`));
      const system = await clusterSystem(environment);
      try {
        const runs = environment.functions.host === 'cluster' && !environment.airflow;
        expect((await system.firstBatch?.())?.at.toISOString()).toBe(
          runs ? '2026-11-26T00:00:00.000Z' : undefined,
        );
        expect(calls().includes('get cronjob batch-pusher-schedule --namespace airflow-3')).toBe(runs);
      } finally {
        await system.close();
      }
    },
  );

  it('is undefined if the cluster contains no CronJob for the batch', async () => {
    const local = all.find(({ name }) => name === 'local');
    if (!local) throw new Error('no local environment');
    does(cluster('true'));
    const system = await clusterSystem(local);
    try {
      expect(await system.firstBatch?.()).toBeUndefined();
    } finally {
      await system.close();
    }
  });
});

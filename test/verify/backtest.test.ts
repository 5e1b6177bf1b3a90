import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { execa, execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { type PrometheusRuleGroup, prometheusRules } from '../../rules/index.ts';
import { jobs } from '../../sources/index.ts';
import { backtest as compare } from '../../verify/backtest/backtest.ts';
import { Firing } from '../../verify/backtest/firing.ts';
import { checkoutRules } from '../../verify/backtest/rules.ts';
import { obtainTimeoutMs, pathOf, running } from '../functions/programs.ts';

const root = join(import.meta.dirname, '../..');
const backtest = (...args: readonly string[]) =>
  execa(process.execPath, ['--import', 'tsx', 'scripts/backtest.ts', ...args], {
    cwd: root,
    reject: false,
    timeout: 120_000,
  });

/** Start of the history as a Unix time in seconds, on the full hour. */
const start = Math.floor(Date.now() / 3_600_000) * 3600 - 5 * 3600;
const utc = (seconds: number) => new Date((start + seconds) * 1000).toISOString().replace('.000Z', 'Z');

/** Three hours of scrapes every five seconds. The Pushgateway is down from second 600 to second 720. */
function scrapes(): string {
  const times = Array.from({ length: 2160 }, (_, index) => 5 * index);
  const samples = times.map((time) => {
    const up = time >= 600 && time < 720 ? 0 : 1;
    return `up{job="${jobs.pushgateway}",instance="gateway:9091"} ${up} ${start + time}`;
  });
  return `# TYPE up gauge\n${samples.join('\n')}\n# EOF\n`;
}

/** The rules of the tested Prometheus: laptop rules of this checkout with some changes. */
function loadedGroups(): readonly object[] {
  const { groups } = prometheusRules({ profile: 'laptop' });
  const own = groups.filter(({ name }) => ['targets', 'slo'].includes(name));
  const changed = own.map((group: PrometheusRuleGroup) => ({
    ...group,
    interval: '5s',
    rules: [
      ...group.rules
        .filter((rule) => !('record' in rule))
        .map((rule) => ('alert' in rule && rule.alert === 'PushgatewayDown' ? { ...rule, for: '1m' } : rule)),
      ...(group.name === 'targets'
        ? [{ alert: 'GatewayGone', expr: `up{job="${jobs.pushgateway}"} == 0`, keep_firing_for: '1m' }]
        : []),
    ],
  }));
  const ofChart = { name: 'general.rules', rules: [{ alert: 'Watchdog', expr: 'vector(1)' }] };
  return [...changed, ofChart];
}

async function prometheusWithHistory(
  content: string | undefined,
  groups: readonly object[] = loadedGroups(),
): Promise<string> {
  const promtool = await pathOf('promtool');
  const { url } = await running('prometheus', ({ address, folder }) => {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    if (content !== undefined) {
      const file = write('history.txt', content);
      execaSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'data')]);
    }
    write('rules.yml', stringify({ groups }, { aliasDuplicateObjects: false }));
    const config = write('prometheus.yml', stringify({ rule_files: ['rules.yml'] }));
    return [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${address}`,
    ];
  });
  return url;
}

describe('npm run backtest', () => {
  it('compares the loaded alerts with the alerts of this checkout', {
    timeout: obtainTimeoutMs,
  }, async () => {
    const url = await prometheusWithHistory(scrapes());
    const { stdout, stderr, exitCode } = await backtest(url, '--days', '0.5');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^PushgatewayDown +1 time, 1m +1 time, 1m55s +\+0 times, \+55s$/m);
    expect(stdout).toContain(
      `PushgatewayDown\n  ${utc(605)} for 1m55s, this checkout: {instance="gateway:9091", job="${jobs.pushgateway}"}\n  ${utc(660)} for 1m, loaded rules: {instance="gateway:9091", job="${jobs.pushgateway}"}`,
    );
    // 3 minutes: two minutes of downtime and one minute of `keep_firing_for`.
    expect(stdout).toMatch(/^GatewayGone +1 time, 3m +no such alert +-1 time, -3m$/m);
    expect(stdout).toMatch(/^PushSloBurningFast +0 times +1 time, 1m35s +\+1 time, \+1m35s$/m);
    expect(stdout).toContain(`  ${utc(650)} for 1m35s, this checkout: {slo="push"}`);
    expect(stdout).toMatch(/^The backtest calculated these recorded series .*slo:bad:bool/m);
    expect(stdout).toContain('Loaded alerts that were not compared: 1.');
    expect(stdout).toMatch(/, 0 could not be evaluated$/);
    expect(exitCode).toBe(1);
  });

  it('finds no difference between equal rules if Prometheus has no recorded series', {
    timeout: obtainTimeoutMs,
  }, async () => {
    const { groups } = prometheusRules({ profile: 'laptop' });
    const own = groups.filter(({ name }) => ['targets', 'slo'].includes(name));
    const equal = own.map((group) => ({ interval: `${scrapeIntervalSeconds.laptop}s`, ...group }));
    const url = await prometheusWithHistory(scrapes(), equal);
    const { stdout } = await backtest(url, '--days', '0.5');
    expect(stdout).toMatch(/^PushgatewayDown +1 time, 1m55s +1 time, 1m55s +none$/m);
    expect(stdout).toMatch(/^PushSloBurningFast +1 time, 1m35s +1 time, 1m35s +none$/m);
    expect(stdout).toMatch(/^The backtest calculated these recorded series .*slo:bad:bool/m);
  });

  it('reports a Prometheus without stored samples', { timeout: obtainTimeoutMs }, async () => {
    const { stdout, stderr, exitCode } = await backtest(
      await prometheusWithHistory(undefined),
      '--days',
      '1',
    );
    expect(stderr).toMatch(
      /^error: The Prometheus at http:\S+ has no sample of `up` in the last day\. Use the address of/,
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it.each([
    {
      server: 'a server that requires credentials',
      status: 401,
      body: 'no',
      message: /requires credentials: HTTP 401\. .*Use an address without a login/,
    },
    {
      server: 'a web page',
      status: 200,
      body: '<html>',
      message: /is not a Prometheus\. .*expected JSON, received <html>/,
    },
    {
      server: 'an unknown path',
      status: 404,
      body: '',
      message: /is not a Prometheus\. .*HTTP 404.*without \/api\/v1/,
    },
  ])(
    'exits with code 2 if the URL belongs to $server',
    { timeout: 60_000 },
    async ({ status, body, message }) => {
      const server = createServer((_, response) => response.writeHead(status).end(body)).listen(
        0,
        '127.0.0.1',
      );
      await new Promise((resolve) => server.once('listening', resolve));
      onTestFinished(() => void server.close());
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { stdout, stderr, exitCode } = await backtest(url);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    },
  );

  it('prints an error with the given URL if no server answers at this URL', { timeout: 60_000 }, async () => {
    const { stderr, exitCode } = await backtest('http://127.0.0.1:1');
    expect(stderr).toMatch(
      /^error: No server answers at http:\/\/127\.0\.0\.1:1\. .*ECONNREFUSED.*open a port-forward/,
    );
    expect(exitCode).toBe(2);
  });

  it.each([
    'http://user:hunter2@127.0.0.1',
    'http://127.0.0.1/?token=hunter2',
    'http://127.0.0.1/#hunter2',
    'ftp://user:hunter2@127.0.0.1',
  ])('does not print the secret that the URL %s contains', { timeout: 60_000 }, async (url) => {
    const { stdout, stderr, exitCode } = await backtest(url);
    expect(stderr).toContain('error: the argument prometheus-url is wrong. ');
    expect(`${stdout}${stderr}`).not.toContain('hunter2');
    expect(exitCode).toBe(1);
  });

  it.each([
    [['localhost:9090'], 'Expected a URL such as http://127.0.0.1:9090.'],
    [['http://user:word@127.0.0.1'], 'The URL contains credentials'],
    [['http://127.0.0.1', '--days', '0'], 'Expected a number of days above 0, up to 90.'],
    [['http://127.0.0.1', '--rules', 'laptp'], 'Expected one of laptop, '],
  ])('refuses the arguments %j', { timeout: 60_000 }, async (args, message) => {
    const { stderr, exitCode } = await backtest(...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run backtest -- ');
    expect(exitCode).toBe(1);
  });
});

describe('the queries of a back-test', () => {
  it('run at most two at a time', async () => {
    const { groups } = prometheusRules({ profile: 'laptop' });
    const loaded = groups.map(({ name, rules }) => ({
      name,
      interval: 5,
      rules: rules.map((rule) => ({
        name: 'alert' in rule ? rule.alert : rule.record,
        type: 'alert' in rule ? ('alerting' as const) : ('recording' as const),
        query: rule.expr,
        duration: 0,
        keepFiringFor: 0,
        labels: 'record' in rule ? (rule.labels ?? {}) : {},
      })),
    }));
    let running = 0;
    let most = 0;
    const present = async () => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      return [];
    };
    await compare({ span: { from: 0, to: 600 }, groups: loaded, present }, checkoutRules(groups, 5));
    expect(most).toBe(2);
  });
});

describe('the periods in which an alert fires', () => {
  const labels = { job: 'a' };
  const times = (from: number, to: number) =>
    Array.from({ length: (to - from) / 10 + 1 }, (_, index) => from + 10 * index);
  const firing = (
    rule: { for: number; keepFiringFor?: number },
    ...found: readonly (readonly number[])[]
  ) => {
    const follower = new Firing({ keepFiringFor: 0, ...rule, interval: 10 });
    for (const one of found) follower.add([{ labels, times: one }]);
    return follower.episodes(1000).map(({ from, to }) => [from, to]);
  };

  it('start after the duration `for`', () => {
    expect(firing({ for: 0 }, times(100, 200))).toEqual([[100, 210]]);
    expect(firing({ for: 25 }, times(100, 200))).toEqual([[130, 210]]);
    expect(firing({ for: 100 }, times(100, 200))).toEqual([[200, 210]]);
    expect(firing({ for: 101 }, times(100, 200))).toEqual([]);
  });

  it('end if the condition becomes false, even for a short time', () => {
    expect(firing({ for: 20 }, times(100, 150), times(170, 200))).toEqual([
      [120, 160],
      [190, 210],
    ]);
  });

  it('are not interrupted at the boundary between two queries', () => {
    expect(firing({ for: 50 }, times(100, 120), times(130, 200))).toEqual([[150, 210]]);
  });

  it('continue for `keep_firing_for` after the condition ends', () => {
    expect(firing({ for: 20, keepFiringFor: 60 }, times(100, 150), times(200, 220))).toEqual([[120, 290]]);
    expect(firing({ for: 60, keepFiringFor: 60 }, times(100, 130), times(160, 200))).toEqual([]);
  });

  it('end at the latest when the history ends', () => {
    expect(firing({ for: 0 }, times(950, 1000))).toEqual([[950, 1000]]);
  });
});

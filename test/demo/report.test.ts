import { describe, expect, it } from 'vitest';
import type { ComponentStatus } from '../../console/controls.ts';
import { componentsWithoutPage, components as listOf } from '../../demo/components/list.ts';
import { readyReport } from '../../demo/report.ts';
import { parseSettings } from '../../demo/settings.ts';
import { type Programs, programs as pinned } from '../../toolchain/index.ts';

const settings = parseSettings('/project', ['--port-offset', '10000', '--no-grafana']);

const status = (name: string, pid: number): ComponentStatus => ({
  name,
  pid,
  state: 'running',
  url: `http://127.0.0.1/${name}`,
  rssBytes: 60e6,
  restarts: 0,
  role: `role of ${name}`,
});
const components = [status('prometheus', 30_768), status('nats', 2)];

describe('the report of a ready pipeline', () => {
  it('contains the memory use, and a command to kill Prometheus', () => {
    const report = readyReport(settings, components, 4, new Set());
    expect(report).toMatch(/^ {2}kill prometheus +kill -9 30768, then watch the console$/m);
    expect(report).toMatch(/^Ready in 4\.0 s, 120 MB of memory\. Ctrl-C stops everything\.$/m);
    expect(report).toMatch(/role of prometheus$/m);
  });

  it('states the reason if a component has no web page', () => {
    const report = readyReport(settings, components, 4, new Set(['prometheus']));
    expect(report).toMatch(
      /role of prometheus \(this program has no web page, because its Go module does not contain the page\)$/m,
    );
    expect(report).toMatch(/role of nats$/m);
  });
});

it.each([
  ['all web pages of the components exist if the programs are release binaries', 'release', []],
  [
    'Prometheus, its agent and Alertmanager have no web page if they are built from source',
    'source',
    ['prometheus', 'prometheus-agent', 'alertmanager'],
  ],
] as const)('%s', (_title, origin, names) => {
  const obtained = Object.values(pinned).map(({ name, version, webUiFromSource }) => [
    name,
    { name, version, path: '/bin/true', origin, webUi: origin === 'release' || webUiFromSource },
  ]);
  const found = componentsWithoutPage(listOf(settings), Object.fromEntries(obtained) as Programs);
  expect([...found].sort()).toEqual([...names].sort());
});

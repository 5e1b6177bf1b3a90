import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { components } from '../../../demo/components/list.ts';
import { findGrafana } from '../../../demo/grafana/program.ts';
import { parseSettings } from '../../../demo/settings.ts';

function install(program: string, home?: string): { readonly root: string; readonly bin: string } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'grafana-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const path = join(root, program);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  if (home !== undefined) {
    mkdirSync(join(root, home, 'conf'), { recursive: true });
    writeFileSync(join(root, home, 'conf', 'defaults.ini'), '');
  }
  return { root, bin: dirname(path) };
}

describe('the search for Grafana', () => {
  it.each([
    ['the archive', 'grafana/bin/grafana', 'grafana', ['server']],
    ['Homebrew and Nix', 'cellar/bin/grafana', 'cellar/share/grafana', ['server']],
    ['an old archive', 'grafana/bin/grafana-server', 'grafana', []],
  ])('finds the program and the home folder of an installation from %s', (_, program, home, args) => {
    const { root, bin } = install(program, home);
    expect(findGrafana(`/nowhere:${bin}`)).toEqual({
      path: join(root, program),
      args,
      home: join(root, home),
    });
  });

  it('follows a symbolic link to the program', () => {
    const { root, bin } = install('cellar/bin/grafana', 'cellar/share/grafana');
    const links = join(root, 'links');
    mkdirSync(links);
    symlinkSync(join(bin, 'grafana'), join(links, 'grafana'));
    expect(findGrafana(links)).toMatchObject({ home: join(root, 'cellar/share/grafana') });
  });

  it('finds the home folder usr/share/grafana of the Debian package', () => {
    const { root, bin } = install('usr/sbin/grafana-server', 'usr/share/grafana');
    expect(findGrafana(bin)).toMatchObject({
      home: join(root, 'usr/share/grafana'),
    });
  });

  it('returns a problem if the Grafana installation has no conf/defaults.ini', () => {
    const { bin } = install('bin/grafana');
    expect(findGrafana(bin)).toEqual({
      problem: expect.stringMatching(
        /Grafana is not started: the file conf\/defaults\.ini of the program .*\/bin\/grafana is missing/,
      ),
    });
  });

  it('finds nothing if Grafana is not on PATH', () => {
    expect(findGrafana('/nowhere')).toBeUndefined();
    expect(findGrafana('.:bin')).toBeUndefined();
    expect(findGrafana(undefined)).toBeUndefined();
  });
});

describe('npm start with Grafana on PATH', () => {
  const start = (args: readonly string[], env: Record<string, string> = {}) => {
    const { root, bin } = install('g/bin/grafana', 'g');
    const settings = parseSettings('/a $project', args, { PATH: bin, ...env });
    return { root, settings, component: components(settings).find(({ name }) => name === 'grafana') };
  };

  it('runs Grafana with the data source and the dashboards', () => {
    const { root, settings, component } = start(['--port-offset', '10000']);
    expect(component).toMatchObject({
      program: { kind: 'command', path: join(root, 'g/bin/grafana') },
      args: [
        'server',
        '--homepath',
        join(root, 'g'),
        '--config',
        join(settings.dataDir, 'config/grafana/grafana.ini'),
      ],
      ports: [13_300],
      url: 'http://127.0.0.1:13300',
      healthUrl: 'http://127.0.0.1:13300/api/health',
      optional: true,
    });
    const files = component?.files ?? {};
    const provisioning = 'config/grafana/provisioning';
    expect(component?.env).toMatchObject({
      GF_PATHS_DATA: join(settings.dataDir, 'data/grafana'),
      GF_PATHS_PROVISIONING: join(settings.dataDir, provisioning),
    });
    const ini = files['config/grafana/grafana.ini'] ?? '';
    for (const option of [
      'http_addr = 127.0.0.1',
      'http_port = 13300',
      'org_role = Viewer',
      'disable_login_form = true',
      'reporting_enabled = false',
      'check_for_updates = false',
      'check_for_plugin_updates = false',
    ]) {
      expect(ini).toContain(`\n${option}\n`);
    }
    expect(parse(files[`${provisioning}/datasources/prometheus.yaml`] ?? '')).toMatchObject({
      apiVersion: 1,
      datasources: [{ uid: 'prometheus-platform', url: 'http://127.0.0.1:19090', isDefault: true }],
    });
    // Grafana reads `$$` as a single `$`.
    expect(parse(files[`${provisioning}/dashboards/dashboards.yaml`] ?? '')).toMatchObject({
      apiVersion: 1,
      providers: [{ type: 'file', options: { path: '/a $$project/dashboards' } }],
    });
  });

  it('does not run Grafana if --no-grafana or GRAFANA_URL is set', () => {
    expect(start(['--no-grafana']).component).toBeUndefined();
    const { settings, component } = start([], { GRAFANA_URL: 'http://g', GRAFANA_TOKEN: 'secret' });
    expect(component).toBeUndefined();
    expect(settings.grafanaServer).toMatchObject({ url: 'http://g' });
    expect(JSON.stringify(components(settings))).not.toContain('secret');
  });
});

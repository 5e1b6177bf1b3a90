import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ports } from '../../config/topology.ts';
import { parseOffset, parseSettings, shiftPorts } from '../../demo/settings.ts';

const root = join(import.meta.dirname, '..', '..');
const start = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'demo', 'start.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 15_000,
  });

describe('the options of npm start', () => {
  it('have defaults for the ports, the data, the rates and the engine', () => {
    expect(parseSettings('/project', [])).toMatchObject({
      portOffset: 0,
      ports,
      open: true,
      fresh: false,
      liveRates: false,
      engine: 'prometheus',
    });
  });

  it('refuse an unknown engine', () => {
    const { status, stderr } = start({}, '--engine=mimir');
    expect(status).toBe(1);
    expect(stderr).toMatch(/--engine.*mimir.*Allowed choices are prometheus, thanos/s);
  });

  it('change every port and the data folder with --port-offset', () => {
    const settings = parseSettings('/project', ['--port-offset', '10000']);
    expect(settings.ports).toEqual(shiftPorts(10_000));
    expect(settings.ports.prometheus).toBe(19_090);
    expect(settings.dataDir).not.toBe(parseSettings('/project', []).dataDir);
  });

  it.each(['-1', '1.5', 'abc', '', '60000'])('refuse the port offset "%s"', (offset) => {
    expect(() => parseOffset(offset)).toThrow(/whole number from 0 to \d+/);
  });

  it.each(['/x$$y', '/x?', '/x#1'])(
    'refuse --airflow in a folder whose path Airflow misreads: %s',
    (folder) => {
      const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
        throw new Error('exit');
      });
      const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      try {
        expect(() => parseSettings(folder, ['--airflow'])).toThrow('exit');
        expect(write.mock.calls.flat().join('')).toContain(`--airflow cannot run in ${folder}, because`);
      } finally {
        exit.mockRestore();
        write.mockRestore();
      }
    },
  );

  it('refuse an invalid value with exit status 1', () => {
    const { status, stderr } = start({}, '--port-offset=abc');
    expect(status).toBe(1);
    expect(stderr).toMatch(/--port-offset.*abc.*whole number from 0 to \d+/s);
  });

  it('refuse a proxy that --live-rates cannot use', () => {
    const { status, stderr } = start({ HTTPS_PROXY: 'socks5://user:secret@proxy:1080' }, '--live-rates');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /--live-rates cannot reach Binance\. HTTPS_PROXY is "socks5:\/\/…@proxy:1080", which is not the URL of an HTTP proxy/,
    );
  });

  it('refuse GRAFANA_URL without a login for Grafana', () => {
    const { status, stderr } = start({ GRAFANA_URL: 'http://127.0.0.1:1' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: GRAFANA_URL is set without a login\. Set GRAFANA_TOKEN/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('refuse a misspelt option, and suggest the nearest option', () => {
    const { status, stderr } = start({}, '--frsh');
    expect(status).toBe(1);
    expect(stderr).toContain('--fresh');
    expect(stderr).toContain('--help');
  });

  it('are refused if the command has no `--` before them', () => {
    const { status, stderr } = spawnSync('npm', ['start', '--silent', '--live-rates', '--no-open'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('npm did not pass these options to the command: --no-open, --live-rates');
    expect(stderr).toContain('npm start -- --help');
  });

  it('are printed by --help, and nothing starts', () => {
    const { status, stdout } = start({}, '--help');
    expect(status).toBe(0);
    for (const option of ['--port-offset', '--no-open', '--fresh', '--live-rates'])
      expect(stdout).toContain(option);
  });
});

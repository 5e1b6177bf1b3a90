import { appendFileSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { obtainPrograms } from '../../toolchain/index.ts';
import { fakeGo, type Workbench, workbench } from './workbench.ts';

async function built(): Promise<{ bench: Workbench; path: string; builds: () => number }> {
  const bench = workbench({ PROGRAMS_FROM: 'source' });
  const calls = fakeGo(bench, {});
  const { pushgateway } = await obtainPrograms(bench.options);
  const builds = () => readFileSync(calls, 'utf8').match(/^build /gm)?.length ?? 0;
  return { bench, path: pushgateway.path, builds };
}

describe('a program in the cache', () => {
  it('is used again without running Go', async () => {
    const { bench, path, builds } = await built();
    fakeGo(bench, { list: 'exit 1' });
    const { pushgateway } = await obtainPrograms(bench.options);
    expect(pushgateway.path).toBe(path);
    expect(builds()).toBe(0);
  });

  it('that was truncated is built again', async () => {
    const { bench, path, builds } = await built();
    const whole = readFileSync(path, 'utf8');
    truncateSync(path, 10);
    await obtainPrograms(bench.options);
    expect(builds()).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('is built again after a change without a new modification time', async () => {
    const { bench, path, builds } = await built();
    const file = join(dirname(path), 'manifest.json');
    const manifest: object = JSON.parse(readFileSync(file, 'utf8'));
    truncateSync(path, 10);
    utimesSync(path, new Date(), new Date(1_000));
    writeFileSync(file, JSON.stringify({ ...manifest, mtimeMs: 1_000 }));
    await obtainPrograms(bench.options);
    expect(builds()).toBe(2);
  });

  it('whose content was changed is built again', async () => {
    const { bench, path, builds } = await built();
    writeFileSync(path, readFileSync(path, 'utf8').replace('1.11.3', '6.66.6'));
    utimesSync(path, new Date(), new Date(1_000));
    await obtainPrograms(bench.options);
    expect(builds()).toBe(2);
  });

  it('is not built again if only the modification time of the binary changes', async () => {
    const { bench, path, builds } = await built();
    utimesSync(path, new Date(), new Date(1_000));
    const { pushgateway } = await obtainPrograms(bench.options);
    expect(pushgateway.path).toBe(path);
    expect(builds()).toBe(1);
  });

  it('with an incomplete manifest is built again', async () => {
    const { bench, path, builds } = await built();
    writeFileSync(join(dirname(path), 'manifest.json'), '{"size":');
    await obtainPrograms(bench.options);
    expect(builds()).toBe(2);
  });

  it('is built again when its go.sum changes', async () => {
    const { bench, path, builds } = await built();
    appendFileSync(join(bench.root, 'bundles', 'pushgateway', 'go.sum'), 'a.example/a v1.0.0 h1:x\n');
    const { pushgateway } = await obtainPrograms(bench.options);
    expect(builds()).toBe(2);
    expect(pushgateway.path).not.toBe(path);
  });

  it('that was built from source is not used if only releases are allowed', async () => {
    const { bench } = await built();
    const env = { ...bench.env, PROGRAMS_FROM: 'release' };
    await expect(obtainPrograms({ ...bench.options, env })).rejects.toThrowError(/could not be obtained/);
  });
});

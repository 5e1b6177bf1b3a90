import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { ConfigFile } from '../../../demo/faults/config-file.ts';
import { type FaultContext, faults } from '../../../demo/faults/index.ts';

function program(text: string, runs = true) {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'prometheus.yml');
  writeFileSync(path, text);
  const read: string[] = [];
  const file = new ConfigFile(path, () => {
    if (runs) read.push(readFileSync(path, 'utf8'));
    return runs;
  });
  return { file, read, stored: () => readFileSync(path, 'utf8') };
}

describe('a configuration file of a component', () => {
  it('has its original text again after a call of `restore`', async () => {
    const { file, read } = program('a\n');
    await file.change((text) => `${text}b\n`);
    await file.change((text) => `${text}c\n`);
    await file.restore();
    expect(read).toEqual(['a\nb\n', 'a\nc\n', 'a\n']);
  });

  it('is not reloaded by `restore` if the file is unchanged', async () => {
    const { file, read } = program('a\n');
    await file.restore();
    expect(read).toEqual([]);
  });

  it('is not changed if the component has no process', async () => {
    const { file, stored } = program('a\n', false);
    await expect(file.change(() => 'b\n')).rejects.toThrow(
      /The program that reads \S+prometheus\.yml does not run\. Start this program/,
    );
    expect(stored()).toBe('a\n');
  });
});

describe('a fault that changes a configuration file', () => {
  const text = 'scrape_configs:\n  - job_name: node-exporter\n  - job_name: pushgateway\n';

  async function textDuringFault(name: string, key: 'prometheus' | 'agent'): Promise<string> {
    const { file, read, stored } = program(text);
    const context = { config: { [key]: file } } as unknown as FaultContext;
    const fault = faults.find((candidate) => candidate.name === name);
    await fault?.inject(context, 0);
    await fault?.restore(context);
    expect(stored()).toBe(text);
    return read[0] as string;
  }

  it.each([
    ['prometheus-config-broken', 'prometheus'],
    ['agent-config-broken', 'agent'],
  ] as const)('makes the file invalid: %s', async (name, key) => {
    const broken = await textDuringFault(name, key);
    expect(() => parse(broken)).toThrow();
  });

  it('removes one of two scrape jobs: target-removed', async () => {
    expect(parse(await textDuringFault('target-removed', 'prometheus'))).toEqual({
      scrape_configs: [{ job_name: 'pushgateway' }],
    });
  });
});

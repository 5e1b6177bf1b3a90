import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalFile } from '../../drill/journal-files.ts';
import type { TargetAddress } from '../../drill/target.ts';
import type { OpenDrillTarget } from '../../drill/targets.ts';
import { FakeTarget, fakeFault } from './fake-target.ts';
import { folder, frozen, killed, run } from './run-command.ts';

/** Writes the journal of a crashed drill of this system, with these faults. */
function journalAt(address: TargetAddress, pid: number, names: readonly string[]): string {
  const journals = folder();
  mkdirSync(journals, { recursive: true });
  const faults = names.map((name) => ({ name, injectedAt: '2026-11-26T09:00:00.000Z' }));
  const content = JSON.stringify({ ...address, pid, faults });
  writeFileSync(journalFile(journals, address), content);
  return journals;
}
/** @param names injected faults; default: the fault with the name `killed` */
const journalOf = (pid: number, ...names: readonly string[]) =>
  journalAt({ target: 'laptop', portOffset: 7 }, pid, names.length > 0 ? names : ['killed']);
/** Larger than any process id of Linux and macOS. */
const noProcess = 2 ** 30;

describe('npm run drill -- restore', () => {
  it('ignores the port offset in the journal of an environment', async () => {
    const journals = journalAt({ target: 'local', portOffset: 0 }, noProcess, ['killed']);
    const target = new FakeTarget([killed]);
    const offsets: unknown[] = [];
    const open: OpenDrillTarget = async (name, { portOffset }) => {
      offsets.push(portOffset);
      return { target, address: { target: name, portOffset: 0 }, close: async () => {} };
    };
    const { exitCode } = await run(['restore'], { journals, open });
    expect({ offsets, exitCode }).toEqual({ offsets: [undefined], exitCode: 0 });
  });

  it('ends the faults that a crashed drill left', async () => {
    const { stdout, target, journals, exitCode } = await run(['restore'], { journals: journalOf(noProcess) });
    expect(target.actions).toEqual(['restore killed']);
    expect(stdout).toBe('Restored in the fake system: killed.\n');
    expect(existsSync(join(journals, 'laptop-7.json'))).toBe(false);
    expect(exitCode).toBe(0);
  });

  it('without a journal, reports that no fault is injected', async () => {
    const { stdout, exitCode } = await run(['restore']);
    expect({ stdout, exitCode }).toEqual({
      stdout: 'No fault of an earlier drill is still injected.\n',
      exitCode: 0,
    });
  });

  it('deletes its list of injected faults if the pipeline no longer runs', async () => {
    const target = new FakeTarget([killed]);
    target.gone = true;
    const { stdout, journals } = await run(['restore'], { target, journals: journalOf(noProcess) });
    expect(stdout).toBe('the fake system no longer runs. Its faults ended with it: killed.\n');
    expect(target.actions).toEqual([]);
    expect(existsSync(join(journals, 'laptop-7.json'))).toBe(false);
  });

  it('exits with 2 and keeps the journal if a fault cannot be ended', async () => {
    const target = new FakeTarget([
      fakeFault('killed', 'PushgatewayDown', { refusesRestore: 'no space left' }),
    ]);
    const { stderr, journals, exitCode } = await run(['restore'], { target, journals: journalOf(noProcess) });
    expect(stderr).toBe('Still injected: killed of laptop: no space left\n');
    expect(existsSync(join(journals, 'laptop-7.json'))).toBe(true);
    expect(exitCode).toBe(2);
  });

  it('also ends the second fault if the first fault cannot be ended', async () => {
    const target = new FakeTarget([
      fakeFault('killed', 'PushgatewayDown', { refusesRestore: 'no space left' }),
      frozen,
    ]);
    const journals = journalOf(noProcess, 'killed', 'frozen');
    const { stderr, exitCode } = await run(['restore'], { target, journals });
    expect(target.actions).toEqual(['restore killed', 'restore frozen']);
    expect(stderr).toBe(
      'Restored in the fake system: frozen.\nStill injected: killed of laptop: no space left\n',
    );
    const journal = JSON.parse(readFileSync(join(journals, 'laptop-7.json'), 'utf8'));
    expect(journal.faults).toEqual([expect.objectContaining({ name: 'killed' })]);
    expect(exitCode).toBe(2);
  });

  it('reads the other journals even if one journal is damaged', async () => {
    const journals = journalOf(noProcess);
    writeFileSync(join(journals, 'broken.json'), '{');
    const { stderr, exitCode, target } = await run(['restore'], { journals });
    expect(target.actions).toEqual(['restore killed']);
    expect(stderr).toMatch(/^Restored in the fake system: killed\.\nThe journal .*broken\.json is damaged: /);
    expect(exitCode).toBe(2);
  });

  it('exits with 2 for a damaged journal, and names the journal file', async () => {
    const journals = journalOf(noProcess);
    writeFileSync(join(journals, 'laptop-7.json'), '{"target": 1}');
    const { stderr, exitCode } = await run(['restore'], { journals });
    expect(stderr).toMatch(/The journal .*laptop-7\.json is damaged: [\s\S]* delete the file\./);
    expect(exitCode).toBe(2);
  });

  it('is required before a drill of a system with an injected fault', async () => {
    const journals = journalOf(noProcess);
    const same = await run(['--port-offset', '7'], { journals });
    expect(same.stderr).toMatch(/left these faults injected: killed .*npm run drill -- restore\./);
    expect({ exitCode: same.exitCode, actions: same.target.actions }).toEqual({ exitCode: 2, actions: [] });
    const other = await run(['--port-offset', '8'], { journals });
    expect(other.exitCode).toBe(0);
  });
});

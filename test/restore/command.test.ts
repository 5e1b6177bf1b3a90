import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runRestoreDrill } from '../../restore/command.ts';
import { writeJournal } from '../../restore/journal.ts';
import type { Part } from '../../restore/part.ts';
import type { RestoreSystem } from '../../restore/store.ts';
import { FakeStore, fakeSystem } from './fake-system.ts';

const parts: readonly Part[] = [{ name: 'job a', count: 10, unit: 'samples', digest: 'a' }];

function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), 'restore-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Run {
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly asks?: boolean;
  readonly damage?: FakeStore['damage'];
  readonly answer?: boolean;
  readonly system?: Partial<RestoreSystem>;
  readonly second?: Error;
}

async function run(
  args: readonly string[],
  { folder = temporary(), asks = true, damage, answer, second, system, env = {} }: Run = {},
) {
  const log: string[] = [];
  const store = new FakeStore('samples', parts, log);
  if (damage) store.damage = damage;
  const stores = second ? [store, new FakeStore('silences', parts, log, { restore: second })] : [store];
  const opened: string[] = [];
  const offsets: unknown[] = [];
  let stdout = '';
  let stderr = '';
  const exitCode = await runRestoreDrill(args, {
    root: '/project',
    folder,
    open: async (name, { portOffset: given }) => {
      opened.push(name);
      offsets.push(given);
      const portOffset = given ?? 0;
      return { system: fakeSystem(stores, log, { asks, ...system }), address: { target: name, portOffset } };
    },
    signal: new AbortController().signal,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    ask: async (question) => {
      stderr += question;
      return answer;
    },
    pollMs: 2,
    env,
  });
  return { exitCode, stdout, stderr, log, folder, opened, offsets };
}

const erased = ({ log }: { readonly log: readonly string[] }) => log.includes('erase samples');

describe('npm run restore-drill', () => {
  it('reports an option that npm did not pass to the command', async () => {
    const { stderr, exitCode } = await run(['laptop', '8000'], { env: { npm_config_port_offset: 'true' } });
    expect(stderr).toMatch(
      /^error: npm did not pass these options to the command: --port-offset\. Repeat the command with -- before the first option\.\n/,
    );
    expect(stderr).toContain('npm run restore-drill -- --help');
    expect(exitCode).toBe(1);
  });

  it('prints a table with the recovery time and the recovery point', async () => {
    const result = await run(['laptop', '--yes']);
    expect(result.stdout).toMatch(
      /^store +program +content +backup MB +backup s +recovery time s +recovery point s\n✓ samples +Fake +10 samples +0\.00 +0\.\d +0\.\d +0\.\d$/m,
    );
    expect(result.stdout).toMatch(/^1 restored, 0 not complete, in \d+ s\. The whole system/m);
    expect(result.exitCode).toBe(0);
    expect(existsSync(result.folder)).toBe(false);
    expect(result.log.at(-1)).toBe('close');
  });

  it('deletes nothing without an answer of the user', async () => {
    const result = await run(['laptop', '--port-offset', '5']);
    expect(result.stderr).toContain('  - samples of Fake: the data of samples');
    expect(result.stderr).toContain('because there is no terminal. Add --yes to consent.');
    expect([result.exitCode, erased(result)]).toEqual([2, false]);
    expect(result.log.at(-1)).toBe('close');
  });

  it('deletes nothing if the user does not agree', async () => {
    const result = await run(['laptop', '--port-offset', '5'], { answer: false });
    expect([result.exitCode, erased(result)]).toEqual([2, false]);
  });

  it('needs no confirmation for a pipeline that the command started itself', async () => {
    const result = await run([], { asks: false });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).not.toContain('Continue?');
  });

  it.each([
    [['prod', '--yes'], /only the environment local is drilled.*add --allow prod\./s],
    [['prod', '--yes', '--allow', 'dev'], /add --allow prod\./],
  ] as const)('refuses prod without the option --allow prod: %j', async (args, message) => {
    const result = await run(args);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(message);
    expect(result.opened).toEqual([]);
  });

  it.each([
    [['unknown'], 'Allowed choices are laptop'],
    [['--port-offset', 'x'], 'Expected a whole number.'],
    [['--port-offset', '55001'], 'Expected a whole number from 0 to 55000.'],
  ] as const)('refuses the arguments %j with exit code 1', async (args, message) => {
    const result = await run(args);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(message);
  });

  it('fails with exit code 1 and keeps the backup if data is missing', async () => {
    const result = await run(['local', '--yes'], { damage: () => [] });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('samples: compare: job a is missing: expected 10 samples.');
    expect(result.stderr).toContain('npm run restore-drill -- restore');
    expect(readdirSync(result.folder).sort()).toEqual(['local', 'local.json']);
    expect(existsSync(join(result.folder, 'local/samples/parts'))).toBe(true);
  });

  it('keeps the backup if data is missing and the system check fails', async () => {
    const problems = () => Promise.reject(new Error('no pod of prometheus is running'));
    const result = await run(['local', '--yes'], { damage: () => [], system: { problems } });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('The system cannot be checked: no pod of prometheus is running');
    expect(readdirSync(result.folder).sort()).toEqual(['local', 'local.json']);
    expect(existsSync(join(result.folder, 'local/samples/parts'))).toBe(true);
  });

  it('keeps the backup if an unexpected error occurs after the deletion', async () => {
    const folder = temporary();
    const problems = () => {
      throw new Error('unexpected');
    };
    await expect(run(['local', '--yes'], { folder, system: { problems } })).rejects.toThrow('unexpected');
    expect(readdirSync(folder).sort()).toEqual(['local', 'local.json']);
  });

  it('writes a JUnit file with a failure for each incomplete store', async () => {
    const file = join(temporary(), 'restore.xml');
    await run(['laptop', '--yes', '--junit', file], { damage: () => [] });
    const xml = readFileSync(file, 'utf8');
    expect(xml).toContain('<testsuite name="restore-drill laptop" tests="2" failures="1" errors="0"');
    expect(xml).toContain('<failure type="compare" message="job a is missing: expected 10 samples.">');
  });

  it('refuses a JUnit file that cannot be written', async () => {
    const result = await run(['laptop', '--yes', '--junit', '/missing/file.xml']);
    expect(result.exitCode).toBe(2);
    expect(result.opened).toEqual([]);
  });

  it('refuses a drill while the journal of an earlier drill exists', async () => {
    const folder = temporary();
    writeJournal(folder, { target: 'local', portOffset: 0 }, ['samples']);
    const result = await run(['local', '--yes'], { folder });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('npm run restore-drill -- restore');
  });

  it('restores the stores of an interrupted drill', async () => {
    const folder = temporary();
    writeJournal(folder, { target: 'local', portOffset: 0 }, ['samples']);
    mkdirSync(join(folder, 'local/samples'), { recursive: true });
    writeFileSync(join(folder, 'local/samples/deleted'), '');
    const result = await run(['restore'], { folder });
    expect(result.stdout).toBe('Restored in the fake system: samples.\n');
    expect(result.log).toEqual(['restore samples', 'tidy', 'close']);
    expect(result.offsets).toEqual([undefined]);
    expect(existsSync(folder)).toBe(false);
  });

  it('does not restore a store whose data was not deleted', async () => {
    const folder = temporary();
    writeJournal(folder, { target: 'local', portOffset: 0 }, ['samples']);
    const result = await run(['restore'], { folder });
    expect(result.log).toEqual(['start samples', 'tidy', 'close']);
  });

  it('continues a failed `restore` with the stores that are not yet restored', async () => {
    const folder = temporary();
    writeJournal(folder, { target: 'local', portOffset: 0 }, ['samples', 'silences']);
    for (const name of ['samples', 'silences']) {
      mkdirSync(join(folder, 'local', name), { recursive: true });
      writeFileSync(join(folder, 'local', name, 'deleted'), '');
    }
    const first = await run(['restore'], { folder, second: new Error('the file is cut') });
    expect(first.exitCode).toBe(2);
    expect(first.stderr).toContain(
      'The restore of local did not finish. Fix this error, then run the command again. Error: silences: the file is cut',
    );
    const again = await run(['restore'], { folder, second: new Error('the file is cut') });
    expect(again.log).toEqual(['start samples', 'restore silences', 'close']);
  });

  it('does not restore a store that a failed drill already restored', async () => {
    const folder = temporary();
    const drill = await run(['local', '--yes'], { folder, second: new Error('the file is cut') });
    expect(drill.exitCode).toBe(1);
    const again = await run(['restore'], { folder, second: new Error('the file is cut') });
    expect(again.log).toEqual(['start samples', 'restore silences', 'close']);
  });

  it('has nothing to restore if no drill was interrupted', async () => {
    const result = await run(['restore']);
    expect(result.stdout).toBe('No store of an earlier drill is still deleted.\n');
  });

  it('uses an intact journal even if another journal is damaged', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'broken.json'), '{');
    writeJournal(folder, { target: 'local', portOffset: 0 }, ['samples']);
    const result = await run(['restore'], { folder });
    expect(result.stderr).toMatch(
      /^Restored in the fake system: samples\.\nThe journal .*broken\.json is damaged: /,
    );
    expect(result.exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(['broken.json']);
  });

  it('reports a damaged journal', async () => {
    const folder = temporary();
    writeFileSync(join(folder, 'local.json'), '{"target": 1}');
    const result = await run(['restore'], { folder });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/The journal .*local\.json is damaged: /);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CouldNotRun } from '../../drill/target.ts';
import { FakeTarget, fakeFault } from './fake-target.ts';
import { folder, frozen, killed, run } from './run-command.ts';

const injections = ({ actions }: FakeTarget) => actions.filter((action) => action.startsWith('inject'));

describe('npm run drill', () => {
  it('reports an option that npm did not pass to the command because `--` was missing', async () => {
    const { stderr, exitCode } = await run(['laptop', '8000'], { env: { npm_config_port_offset: 'true' } });
    expect(stderr).toMatch(
      /^error: npm did not pass these options to the command: --port-offset\. Repeat the command with -- before the first option\.\n/,
    );
    expect(stderr).toContain('npm run drill -- --help');
    expect(exitCode).toBe(1);
  });

  it('drills every fault of the laptop, and prints a table', async () => {
    const { stdout, stderr, exitCode, closed } = await run([]);
    expect(stdout).toMatch(/^fault +alert +condition +pending +firing +notified +clear +resolved\n/);
    expect(stdout).toMatch(/^✓ killed +PushgatewayDown( +0\.\d){6}$/m);
    expect(stdout).toMatch(/^2 passed, 0 failed, 0 not run\. Median detection: 0\.\d s\.$/m);
    expect(stderr).toMatch(/^ +\d+ s {2}Drilling 2 faults in the fake system\.$/m);
    expect(stderr).toMatch(/^ +\d+ s {2}killed: injected$/m);
    expect({ exitCode, closed }).toEqual({ exitCode: 0, closed: 1 });
  });

  it('drills only the chosen faults', async () => {
    const { target } = await run(['laptop', '--fault', 'frozen']);
    expect(injections(target)).toEqual(['inject frozen']);
  });

  it('injects only safe faults if the option --safe is set', async () => {
    const faults = [killed, fakeFault('scaled', 'NatsServerDown', { safe: true })];
    const { target, exitCode } = await run(['local', '--safe'], { target: new FakeTarget(faults) });
    expect({ injected: injections(target), exitCode }).toEqual({ injected: ['inject scaled'], exitCode: 0 });
    const laptop = await run(['--safe'], { target: new FakeTarget(faults) });
    expect(laptop.stderr).toContain('--safe is an option for clusters.');
    const none = await run(['local', '--safe'], { target: new FakeTarget([killed]) });
    expect(none.stderr).toContain(
      'No fault of the fake system is safe. Choose faults with --fault instead of --safe. The faults are killed.',
    );
    const both = await run(['local', '--safe', '--fault', 'killed'], { target: new FakeTarget(faults) });
    expect(both.stderr).toContain("option '--safe' cannot be used with option '--fault <name...>'");
    expect([laptop.exitCode, none.exitCode, both.exitCode]).toEqual([2, 2, 1]);
    for (const { target: unused } of [laptop, none, both]) expect(injections(unused)).toEqual([]);
  });

  it('repeats the same order of faults with the same seed', async () => {
    const faults = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      fakeFault(name, 'PushgatewayDown', { area: 'one' }),
    );
    const order = async (seed: string) => {
      const { target } = await run(['--seed', seed, '--rounds', '2'], { target: new FakeTarget(faults) });
      return injections(target);
    };
    const first = await order('7');
    expect(await order('7')).toEqual(first);
    expect(await order('8')).not.toEqual(first);
    expect(first.slice(0, 5).sort()).toEqual(faults.map(({ name }) => `inject ${name}`));
  });

  it('prints the problems of a failed drill with their step, and exits with 1', async () => {
    const target = new FakeTarget([fakeFault('killed', 'PushgatewayDown', { raises: [] })]);
    const { stdout, exitCode } = await run([], { target });
    expect(stdout).toMatch(/^✗ killed/m);
    expect(stdout).toMatch(/^killed: condition: PushgatewayDown did not reach .*no series\.$/m);
    expect(exitCode).toBe(1);
  });

  it('writes a JUnit file with a test case for each fault', async () => {
    const junit = join(folder(), 'drill.xml');
    const failing = fakeFault('failing', 'PushgatewayDown', { raises: [], area: 'one' });
    const refused = fakeFault('refused', 'BatchRunFailed', {
      refusesInjection: 'a < b & "c"\u0007',
      area: 'one',
    });
    await run(['--junit', junit], { target: new FakeTarget([frozen, failing, refused]) });
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/<testsuite name="drill laptop" tests="3" failures="1" errors="1" time="[\d.]+">/);
    expect(xml).toMatch(/<testcase classname="drill\.laptop" name="frozen, round 1" time="[\d.]+">/);
    expect(xml).toMatch(/<failure type="condition" message="PushgatewayDown did not/);
    expect(xml).toContain('could not be injected: a &lt; b &amp; &quot;c&quot;');
    expect(xml).not.toContain('\u0007');
  });

  it.each<[string, readonly string[], RegExp, number]>([
    ['a misspelt fault', ['--fault', 'kiled'], /no fault kiled\. Did you mean killed\? The faults are/, 2],
    ['an unknown fault', ['--fault', 'meteorite'], /no fault meteorite\. The faults are killed, frozen\./, 2],
    [
      'an unknown system',
      ['mars'],
      /value 'mars' is invalid for argument 'target'\. Allowed choices are laptop, .*local/,
      1,
    ],
    ['a seed that is not a number', ['--seed', 'x'], /Expected a whole number/, 1],
    ['zero rounds', ['--rounds', '0'], /Expected a whole number from 1 to 100/, 1],
    ['too many faults at once', ['--parallel', '9'], /Expected a whole number from 1 to 8/, 1],
    ['a negative port offset', ['--port-offset', '-1'], /Expected a whole number/, 1],
    [
      'a JUnit file in a missing folder',
      ['--junit', '/no/such/folder/drill.xml'],
      /--junit cannot write \/no\/such\/folder\/drill\.xml: the folder of this file is missing/,
      2,
    ],
    ['a JUnit file that is a folder', ['--junit', tmpdir()], /--junit cannot write .* is not a file/, 2],
    [
      'a JUnit file below a file',
      ['--junit', join(import.meta.filename, 'drill.xml')],
      /--junit cannot write .*: the folder of this file is missing/,
      2,
    ],
    ['the option --fault after restore', ['restore', '--fault', 'killed'], /unknown option '--fault'/, 1],
  ])('refuses %s', async (_, args, reason, code) => {
    const { stderr, exitCode, target } = await run(args);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ exitCode, actions: target.actions }).toEqual({ exitCode: code, actions: [] });
  });

  it('exits with 2 and prints the reason if the target cannot be opened', async () => {
    const { stderr, exitCode } = await run([], {
      open: async () => {
        throw new CouldNotRun('No console answers.');
      },
    });
    expect({ stderr, exitCode }).toEqual({ stderr: 'No console answers.\n', exitCode: 2 });
  });

  it('injects nothing and exits with 2 if the journal cannot be written', async () => {
    const journals = join(folder(), 'a-file');
    writeFileSync(journals, '');
    const { stdout, exitCode, target } = await run([], { journals });
    expect(stdout).toMatch(
      /^killed: inject: killed could not be injected: The journal .*laptop-18200\.json cannot be written: /m,
    );
    expect({ exitCode, actions: target.actions }).toEqual({ exitCode: 2, actions: [] });
  });

  it('exits with 2 and prints the reason if the faults cannot be read', async () => {
    const target = new FakeTarget([killed]);
    target.faults = async () => {
      throw new Error('Prometheus does not answer.');
    };
    const { stderr, exitCode, closed } = await run([], { target });
    expect({ stderr, exitCode, closed }).toEqual({
      stderr: 'Prometheus does not answer.\n',
      exitCode: 2,
      closed: 1,
    });
  });

  it('exits with 2 after an interruption', async () => {
    const interrupt = new AbortController();
    const target = new FakeTarget([killed]);
    target.onInject = () => interrupt.abort();
    const { exitCode, closed } = await run([], { target, signal: interrupt.signal });
    expect({ exitCode, closed, injected: [...target.injected] }).toEqual({
      exitCode: 2,
      closed: 1,
      injected: [],
    });
  });
});

describe('a drill of a shared system', () => {
  class SharedTarget extends FakeTarget {
    readonly effects = (faults: readonly string[]) => faults.map((name) => `breaks ${name}`);
  }
  const shared = () => new SharedTarget([killed, frozen]);

  it('asks the user for consent before the first injection', async () => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return true;
    };
    const { exitCode, target } = await run(['local', '--fault', 'frozen'], { target: shared(), ask });
    expect(questions).toEqual([expect.stringContaining('  - breaks frozen\nContinue?')]);
    expect(injections(target)).toEqual(['inject frozen']);
    expect(exitCode).toBe(0);
  });

  it('changes nothing and exits with 2 if the user does not agree', async () => {
    const { exitCode, stderr, target } = await run(['local'], { target: shared(), ask: async () => false });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('The drill changed nothing.'),
    });
    expect(target.actions).toEqual([]);
  });

  it('exits with 2 and suggests --yes if there is no terminal', async () => {
    const { exitCode, stderr, target } = await run(['local'], { target: shared() });
    expect(stderr).toMatch(/breaks killed[\s\S]*no terminal to ask for consent\. Add --yes\./);
    expect({ exitCode, actions: target.actions }).toEqual({ exitCode: 2, actions: [] });
  });

  it('asks no question if the command line contains --yes', async () => {
    const ask = async () => {
      throw new Error('asked');
    };
    const { exitCode } = await run(['local', '--yes'], { target: shared(), ask });
    expect(exitCode).toBe(0);
  });

  it('refuses --record', async () => {
    const { exitCode, stderr, target } = await run(['local', '--yes', '--record'], { target: shared() });
    expect(stderr).toContain('Run npm run drill -- local without --record.');
    expect({ exitCode, actions: target.actions }).toEqual({ exitCode: 2, actions: [] });
  });
});

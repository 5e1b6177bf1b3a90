import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ports } from '../../../config/topology.ts';
import { runDemo } from '../../../console/cli/demo.ts';
import { ControlFailed, NotPossibleNow, StillStarting } from '../../../console/controls.ts';
import { close, listen } from '../../../console/server/listen.ts';
import { type FakeControls, fakeConsole, fakeControls } from '../fake-console.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await close(probe);
  return port;
}

async function demo(args: readonly string[], controls: FakeControls = fakeControls()) {
  const port = await freePort();
  servers.push(await listen(fakeConsole({ port, controls }).app, port));
  return { ...(await run(port, args)), controls };
}

async function run(port: number, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  let stdout = '';
  let stderr = '';
  const exitCode = await runDemo([...args, '--port-offset', String(port - ports.console)], {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    env,
  });
  return { stdout: stdout.trim(), stderr: stderr.trim(), exitCode };
}

describe('npm run demo', () => {
  it('shows the state of the pipeline, the faults, the traffic and the batch', async () => {
    const { stdout, exitCode } = await demo(['status']);
    expect(stdout).toMatch(
      /nats-primary.*40 messages\/s[\s\S]*Schedule: on[\s\S]*Faults\nNo fault is injected\.[\s\S]*The pipeline is ready\.\nNo alert fires\.$/,
    );
    expect(exitCode).toBe(0);
  });

  const withStates = (...states: readonly ('running' | 'stopped')[]): FakeControls => {
    const controls = fakeControls();
    const others = { pid: null, rssBytes: 0, restarts: 0, role: 'broker' };
    const components = states.map((state, i) => ({ name: `nats-${i}`, state, ...others }));
    controls.status.mockResolvedValue({ ready: false, components } as never);
    return controls;
  };

  it('names each component that does not run, and its state', async () => {
    const { stdout } = await demo(['status'], withStates('stopped', 'running'));
    expect(stdout).toContain('The pipeline is not ready: nats-0 is stopped.\n');
  });

  it('prints in the output of `status` that the pipeline is still starting', async () => {
    const controls = withStates('running');
    controls.faults.list = () => [];
    const { stdout, exitCode } = await demo(['status'], controls);
    expect(stdout).toMatch(/\n\nThe pipeline is still starting\. Its output shows the progress\.$/);
    expect(exitCode).toBe(0);
  });

  it('lists injected faults in the state, and omits faults that are not injected', async () => {
    const controls = fakeControls();
    const [killed, ...others] = controls.faults.list();
    if (!killed) throw new Error('the mock has no fault');
    controls.faults.list = () => [{ ...killed, injected: true }, ...others];
    const { stdout } = await demo(['status'], controls);
    expect(stdout).toMatch(/Faults\n✗ +nats-killed .*\n\nThe pipeline/);
  });

  it('prints the state as JSON with --json', async () => {
    const { stdout } = await demo(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pipeline: { ready: true },
      batch: { schedule: { mode: 'on' } },
    });
  });

  it('injects a fault with a duration and an intensity', async () => {
    const { stdout, controls } = await demo(['fault', 'nats-killed', '--for', '2m', '--intensity', '40']);
    expect(controls.faults.inject).toHaveBeenCalledWith('nats-killed', { for: 120, intensity: 40 });
    expect(stdout).toContain('It ends after 2m.');
  });

  it('refuses a fault duration that is too short or too long, and prints the valid range', async () => {
    for (const text of ['2', '2h']) {
      const { stderr, exitCode, controls } = await demo(['fault', 'nats-killed', '--for', text]);
      expect(stderr).toContain('Expected a duration from 5s to 1h. A number without a unit is in seconds.');
      expect(exitCode).toBe(1);
      expect(controls.faults.inject).not.toHaveBeenCalled();
    }
  });

  it('adds the port offset to each command that it prints', async () => {
    const { stdout } = await demo(['fault', 'nats-killed']);
    expect(stdout).toMatch(/Restore it: npm run demo -- --port-offset -?\d+ restore nats-killed$/);
    const controls = fakeControls();
    controls.faults.inject.mockRejectedValue(new NotPossibleNow('Run npm run demo -- clear first.'));
    const { stderr } = await demo(['fault', 'nats-killed'], controls);
    expect(stderr).toMatch(/^Run npm run demo -- --port-offset -?\d+ clear first\.$/);
  });

  it('ends one fault with `restore`, and all faults with `clear`', async () => {
    const controls = fakeControls();
    await demo(['restore', 'nats-killed'], controls);
    const { stdout } = await demo(['clear'], controls);
    expect(controls.faults.restore).toHaveBeenCalledWith('nats-killed');
    expect(stdout).toBe('Restored: nats-killed. No schedule runs.');
  });

  it('prints "was not injected" after `restore` of a fault that is not injected', async () => {
    const { stdout, exitCode } = await demo(['restore', 'nats-killed']);
    expect({ stdout, exitCode }).toEqual({ stdout: 'nats-killed was not injected.', exitCode: 0 });
  });

  it('prints `Restored` after `restore` of an injected fault', async () => {
    const controls = fakeControls();
    const injected = controls.faults.list().map((fault) => ({ ...fault, injected: true }));
    controls.faults.list = () => injected;
    expect((await demo(['restore', 'nats-killed'], controls)).stdout).toBe('Restored: nats-killed.');
  });

  it.each(['fault', 'restore'])('suggests a similar fault if `%s` gets an unknown fault', async (command) => {
    const { stderr, exitCode } = await demo([command, 'nats-kiled']);
    expect(stderr).toMatch(
      /^There is no fault nats-kiled\.\nDid you mean nats-killed\?\nThis command lists the faults: npm run demo -- .*fault$/,
    );
    expect(exitCode).toBe(1);
  });

  it('starts and stops a schedule', async () => {
    const controls = fakeControls();
    await demo(['schedule', 'start', '--every', '1m', '--length', '10m', '--seed', '7'], controls);
    const { stdout } = await demo(['schedule', 'stop'], controls);
    expect(controls.schedule.start).toHaveBeenCalledWith({ every: 60, length: 600, seed: 7 });
    expect(controls.schedule.stop).toHaveBeenCalledTimes(1);
    expect(stdout).toBe('No schedule was running.');
  });

  it('changes the traffic, and publishes a burst of messages', async () => {
    const controls = fakeControls();
    const { stdout } = await demo(
      ['traffic', 'edge', '--rate', '300', '--size', '256', '--clients', '4'],
      controls,
    );
    await demo(['burst', 'edge', '--messages', '10'], controls);
    expect(controls.traffic.set).toHaveBeenCalledWith('edge', { rate: 300, size: 256, clients: 4 });
    expect(controls.burst).toHaveBeenCalledWith({ cluster: 'edge', messages: 10 });
    expect(stdout).toContain('300 messages/s');
  });

  it('runs the batch with the given parameters, and changes the schedule of the batch', async () => {
    const controls = fakeControls();
    await demo(['batch', '--fail-at', 'load', '--slow', '20s', '--records', '5'], controls);
    await demo(['batch', '--schedule', 'off'], controls);
    expect(controls.runBatch).toHaveBeenCalledWith({ failAt: 'load', durationSeconds: 20, records: 5 });
    expect(controls.batch.setMode).toHaveBeenCalledWith('off');
  });

  it('prints a sentence about the batch instead of the JSON of the batch-pusher', async () => {
    const controls = fakeControls();
    const body = JSON.stringify({
      pushed: true,
      job: 'data_processing',
      grouping: {},
      status: 'failure',
      failedAt: 'load',
      durationSeconds: 2.04,
      etl: { extracted: 997, transformed: 990, loaded: 0 },
    });
    controls.runBatch.mockResolvedValue({ status: 200, body });
    const { stdout, exitCode } = await demo(['batch', '--fail-at', 'load'], controls);
    expect(stdout).toBe(
      'The batch has failed at the stage load: 997 records extracted, 990 transformed, 0 loaded, in 2.0 s.',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse((await demo(['batch', '--json'], controls)).stdout)).toEqual({
      status: 200,
      answer: body,
    });
  });

  it('exits with 2 and prints the reason if NATS accepts no message of a burst', async () => {
    const controls = fakeControls();
    controls.burst.mockRejectedValue(new ControlFailed('The NATS has accepted no message.'));
    const { stdout, stderr, exitCode } = await demo(['burst'], controls);
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: '',
      stderr: 'The NATS has accepted no message.',
      exitCode: 2,
    });
  });

  it.each([
    [
      'an unknown fault',
      ['fault', 'meteorite'],
      /^There is no fault meteorite\.\nThis command lists the faults: npm run demo -- .*fault$/,
    ],
    ['a traffic rate without the name of a cluster', ['traffic', '--rate', '3'], /Add primary or edge/],
    [
      'a text that is not a duration',
      ['fault', 'nats-killed', '--for', 'soon'],
      /Expected a duration such as 90s/,
    ],
  ])('exits with 1 and explains the error: %s', async (_, args, reason) => {
    const { stderr, stdout, exitCode } = await demo(args);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  });

  it('exits with 1 if the action is not possible in the current state of the pipeline', async () => {
    const controls = fakeControls();
    controls.faults.inject.mockRejectedValue(new NotPossibleNow('End nats-frozen first.'));
    const { stderr, exitCode } = await demo(['fault', 'nats-killed'], controls);
    expect({ stderr, exitCode }).toEqual({ stderr: 'End nats-frozen first.', exitCode: 1 });
  });

  it('exits with 2 if the pipeline is still starting', async () => {
    const controls = fakeControls();
    controls.faults.inject.mockRejectedValue(new StillStarting());
    const { stderr, exitCode } = await demo(['fault', 'nats-killed'], controls);
    expect(stderr).toContain('still starting');
    expect(exitCode).toBe(2);
  });

  it('reports the options that npm did not pass on because `--` was missing', async () => {
    const env = { npm_config_for: 'true', npm_config_port_offset: 'true', npm_config_json: 'true' };
    const { stderr, exitCode } = await run(await freePort(), ['fault', 'nats-killed', '2m', '8000'], env);
    expect(stderr).toBe(
      'error: npm did not pass these options to the command: --port-offset, --for. Repeat the command with -- before the first option.\n(Write options after a separate --: npm run demo -- --help lists them.)',
    );
    expect(exitCode).toBe(1);
  });

  it('exits with 2 and prints a start command for the pipeline if no console answers', async () => {
    const port = await freePort();
    const { stderr, exitCode } = await run(port, ['status']);
    expect(stderr).toContain(`npm start -- --port-offset ${port - ports.console}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });

  it('exits with 2 if another program answers on the port', async () => {
    const port = await freePort();
    const other = createServer((_, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    servers.push(other);
    const { stderr, exitCode } = await run(port, ['status']);
    expect(stderr).toContain('Another program uses the port');
    expect(exitCode).toBe(2);
  });
});

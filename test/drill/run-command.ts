import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runDrill } from '../../drill/command.ts';
import type { OpenDrillTarget } from '../../drill/targets.ts';
import { FakeTarget, fakeFault } from './fake-target.ts';

export const killed = fakeFault('killed', 'PushgatewayDown');
export const frozen = fakeFault('frozen', 'NatsServerDown');

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'drill-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

interface Run {
  readonly env?: NodeJS.ProcessEnv;
  readonly target?: FakeTarget;
  readonly journals?: string;
  readonly open?: OpenDrillTarget;
  readonly signal?: AbortSignal;
  readonly ask?: (question: string) => Promise<boolean | undefined>;
}

export async function run(
  args: readonly string[],
  { target = new FakeTarget([killed, frozen]), ...rest }: Run = {},
) {
  const journals = rest.journals ?? folder();
  let stdout = '';
  let stderr = '';
  let closed = 0;
  const exitCode = await runDrill(args, {
    root: '/project',
    journals,
    open:
      rest.open ??
      (async (name, { portOffset = 18_200 }) => ({
        target,
        address: { target: name, portOffset },
        close: async () => {
          closed += 1;
        },
      })),
    signal: rest.signal ?? new AbortController().signal,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    ask: rest.ask ?? (async () => undefined),
    pollMs: 2,
    ...(rest.env && { env: rest.env }),
  });
  return { stdout, stderr, exitCode, target, journals, closed };
}

import * as z from 'zod';
import { local } from './component.ts';
import { exchange } from './http-exchange.ts';
import { ports as basePorts } from './ports.ts';

export interface RunningPipeline {
  /** Process id of the supervisor. */
  readonly pid: number;
  readonly portOffset: number;
  readonly url: string;
}

const status = z.object({ components: z.array(z.object({ name: z.string(), pid: z.number().nullable() })) });
const answerWithinMs = 5000;

export async function pipelinesAt(ports: readonly number[]): Promise<readonly RunningPipeline[]> {
  const offsets = ports.flatMap((port) => Object.values(basePorts).map((base) => port - base));
  const possible = [...new Set(offsets)].filter((offset) => offset >= 0);
  const found = await Promise.all(possible.map(runningAt));
  return found.filter((pipeline) => pipeline !== undefined);
}

async function runningAt(portOffset: number): Promise<RunningPipeline | undefined> {
  const url = local(basePorts.console + portOffset);
  try {
    const { text } = await exchange(`${url}/api/status`, { signal: AbortSignal.timeout(answerWithinMs) });
    const { components } = status.parse(JSON.parse(text));
    const pid = components.find((c) => c.name === 'console')?.pid;
    return pid ? { pid, portOffset, url } : undefined;
  } catch {
    return undefined;
  }
}

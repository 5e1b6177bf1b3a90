import * as z from 'zod';
import { local } from './component.ts';
import { exchange } from './http-exchange.ts';

const status = z.object({ components: z.array(z.object({ name: z.string(), pid: z.number().nullable() })) });

/** The pid of the run whose console answers on `port`; undefined if whatever is there is not one. */
export async function runningPipeline(port: number): Promise<number | undefined> {
  try {
    const { text } = await exchange(local(port, '/api/status'), { signal: AbortSignal.timeout(1000) });
    const { components } = status.parse(JSON.parse(text));
    return components.find((c) => c.name === 'console')?.pid ?? undefined;
  } catch {
    return undefined;
  }
}

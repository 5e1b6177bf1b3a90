import { describe, expect, it } from 'vitest';
import { exitCodes, runTask } from '../../../functions/adapters/job/index.ts';
import { batchPusher } from '../../../functions/batch-pusher/index.ts';
import { usdtExporter } from '../../../functions/usdt-exporter/index.ts';
import { mockUpstream } from '../mock-upstream.ts';
import { taskConformance } from './conformance.ts';
import { probe } from './probe.ts';
import '../quiet.ts';

taskConformance({
  name: 'job',
  open: async (definition, env) => ({
    async runTask() {
      const code = await runTask(definition, { env, print: () => undefined });
      if (code !== exitCodes.done) throw new Error(`exit code ${code}`);
    },
  }),
});

describe('job: the exit code', () => {
  const run = (env: Readonly<Record<string, string>>, signal?: AbortSignal) => {
    const lines: string[] = [];
    const logged: string[] = [];
    const code = runTask(probe, {
      env,
      print: (line) => lines.push(line),
      log: (_level, message, fields) => logged.push(`${message} ${fields?.detail ?? ''}`),
      ...(signal && { signal }),
    });
    return { code, lines, logged };
  };

  it('is 0 if the task succeeds, and the job prints the result', async () => {
    const { code, lines } = run({});
    expect(await code).toBe(0);
    expect(lines).toEqual(['{"did":"it"}\n']);
  });

  it('is 1 for a failure, 75 for a temporary failure, 78 for a wrong setting', async () => {
    expect(await run({ OUTCOME: 'failed' }).code).toBe(1);
    expect(await run({ OUTCOME: 'temporary' }).code).toBe(75);
    expect(await run({ JOB_TIMEOUT_SECONDS: 'soon' }).code).toBe(78);
  });

  it.each([
    [401, 1],
    [500, 75],
  ])('depends on the HTTP status of the Pushgateway: status %i gives code %i', async (status, code) => {
    const gateway = await mockUpstream(() => ({ status }));
    const env = { PUSHGATEWAY_URL: gateway.url };
    expect(await runTask(batchPusher, { env, log: () => undefined })).toBe(code);
  });

  it('is 143, the code of SIGTERM, when the work is interrupted', async () => {
    const abort = new AbortController();
    const { code, logged } = run({ OUTCOME: 'endless' }, abort.signal);
    abort.abort();
    expect(await code).toBe(143);
    expect(logged).toEqual(['probe failed it was cut short']);
  });

  it('is 1 when the work takes too long', async () => {
    expect(await run({ OUTCOME: 'endless', JOB_TIMEOUT_SECONDS: '1' }).code).toBe(1);
  });

  it('is 78 if a setting that the task needs is missing', async () => {
    const logged: string[] = [];
    const code = await runTask(usdtExporter, { env: {}, log: (_level, message) => logged.push(message) });
    expect(code).toBe(78);
    expect(logged).toEqual([
      'usdt-exporter cannot run its task, because PUSHGATEWAY_URL is not set. Set PUSHGATEWAY_URL.',
    ]);
  });

  it('is 78 if the function has no task', async () => {
    const logged: string[] = [];
    const { taskNeeds: _, ...withoutTask } = usdtExporter;
    const code = await runTask(withoutTask, { env: {}, log: (_level, message) => logged.push(message) });
    expect(code).toBe(78);
    expect(logged).toEqual(['usdt-exporter has no task. Call the function by HTTP.']);
  });
});

import Module from 'node:module';
import type { HttpRequest, HttpResponse, HttpResponseInit, InvocationContext, Timer } from '@azure/functions';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundles } from '../../../functions/bundles.ts';
import type { FunctionDefinition, Task } from '../../../functions/function.ts';
import { httpConformance, taskConformance } from './conformance.ts';
import { type Answer, bodyOf, type HostUnderTest, type RequestSpec } from './host.ts';
import { probe } from './probe.ts';
import '../quiet.ts';

interface Registration {
  readonly metadata: { readonly name: string; readonly bindings: Readonly<Record<string, Binding>> };
  readonly callback: (input: unknown, context: InvocationContext) => unknown;
}

interface Binding {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** The registrations that the Azure library sends to the mock host. */
const registered: Registration[] = [];
const core = {
  registerFunction: (metadata: Registration['metadata'], callback: Registration['callback']) =>
    registered.push({ metadata, callback }),
  registerHook: () => ({ dispose: () => undefined }),
  setProgrammingModel: () => undefined,
  log: () => undefined,
};
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...rest) =>
  request === '@azure/functions-core' ? core : load.call(Module, request, ...rest);
const library = await import('@azure/functions');
const { httpHandler, register, timerHandler } = await import(
  '../../../functions/adapters/azure-functions/index.ts'
);

async function open(definition: FunctionDefinition, env: Readonly<Record<string, string>>) {
  registered.length = 0;
  register(definition, env);
  const registrations = [...registered];
  const triggered = (type: string) => {
    const found = registrations.find(({ metadata }) =>
      Object.values(metadata.bindings).some((binding) => binding.type === type),
    );
    return (input: unknown) => {
      if (!found) throw new Error(`no ${type} is registered`);
      const context = new library.InvocationContext({
        functionName: found.metadata.name,
        logHandler: () => undefined,
      });
      return found.callback(input as never, context);
    };
  };
  return {
    registrations,
    async request(spec: RequestSpec): Promise<Answer> {
      const body = bodyOf(spec);
      const request = new library.HttpRequest({
        method: spec.method ?? 'GET',
        url: `http://localhost:7071${decodedSlashes(spec.path)}`,
        headers: joined(spec.headers ?? []),
        ...(body && { body: { bytes: body } }),
      });
      const init = (await triggered('httpTrigger')(request)) as HttpResponseInit;
      return answerOf(new library.HttpResponse(init));
    },
    runTask: async () => triggered('timerTrigger')({ isPastDue: false }),
  };
}

/** Decodes slashes in a path, as the real host does. */
function decodedSlashes(target: string): string {
  const [path = '', ...query] = target.split('?');
  return [path.replaceAll(/%2f/gi, '/'), ...query].join('?');
}

/** Joins repeated header values with a comma, as the real host does. */
function joined(headers: NonNullable<RequestSpec['headers']>): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of headers)
    record[name] = record[name] === undefined ? value : `${record[name]}, ${value}`;
  return record;
}

async function answerOf(response: HttpResponse): Promise<Answer> {
  const headers: Record<string, readonly string[]> = {};
  for (const [name, value] of response.headers) headers[name] = [value];
  if (response.cookies.length > 0) {
    headers['set-cookie'] = response.cookies.map(({ name, value, path, httpOnly, sameSite }) =>
      [`${name}=${value}`, path && `Path=${path}`, httpOnly && 'HttpOnly', sameSite && `SameSite=${sameSite}`]
        .filter(Boolean)
        .join('; '),
    );
  }
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

const azureFunctions: HostUnderTest = { name: 'azure-functions', decodesSlashes: true, open };

httpConformance(azureFunctions);
taskConformance(azureFunctions);

describe('azure-functions: the registration', () => {
  it('consists of one HTTP trigger and one timer', async () => {
    const { registrations } = await open(probe, {});
    const bindings = registrations.flatMap(({ metadata }) => Object.values(metadata.bindings));
    expect(bindings).toContainEqual(
      expect.objectContaining({
        type: 'httpTrigger',
        route: '{*path}',
        authLevel: 'function',
        methods: expect.arrayContaining(['GET', 'HEAD', 'POST']),
      }),
    );
    expect(bindings).toContainEqual(
      expect.objectContaining({ type: 'timerTrigger', schedule: '0 0 0 1 1 *' }),
    );
    expect(registrations.map(({ metadata }) => metadata.name)).toEqual(['probe', 'probe-outcome']);
  });

  it('allows requests without a key if AZURE_AUTH_LEVEL=anonymous', async () => {
    const { registrations } = await open(probe, { AZURE_AUTH_LEVEL: 'anonymous' });
    expect(Object.values(registrations[0]?.metadata.bindings ?? {})[0]).toMatchObject({
      authLevel: 'anonymous',
    });
  });

  it('has no timer if TASK_SCHEDULE is off', async () => {
    const { registrations } = await open(probe, { TASK_SCHEDULE: 'off' });
    expect(registrations).toHaveLength(1);
  });

  it('runs the task on the schedule in TASK_SCHEDULE', async () => {
    const { registrations } = await open(probe, { TASK_SCHEDULE: '0 0 3 * * *' });
    expect(Object.values(registrations[1]?.metadata.bindings ?? {})[0]).toMatchObject({
      schedule: '0 0 3 * * *',
    });
    await expect(open(probe, { TASK_SCHEDULE: '0 3 * * *' })).rejects.toThrow(
      'six fields with the seconds first',
    );
  });

  it('fails if a setting is invalid', async () => {
    await expect(open(probe, { AZURE_AUTH_LEVEL: 'nobody' })).rejects.toThrow(
      'AZURE_AUTH_LEVEL: expected one of anonymous, function, admin, got "nobody". Set a valid value, or unset it.',
    );
  });
});

describe('azure-functions: a task', () => {
  it('is aborted before the timeout of the host', async () => {
    const tooLong = new Error('too long');
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(tooLong));
    onTestFinished(() => timeout.mockRestore());
    const task: Task = {
      name: 'endless',
      schedule: '0 0 0 1 1 *',
      async run(signal) {
        signal.throwIfAborted();
        return {};
      },
    };
    const context = new library.InvocationContext({ functionName: 'probe' });
    await expect(timerHandler(task)({} as Timer, context)).rejects.toBe(tooLong);
    const host = bundles.find(({ extraFiles }) => extraFiles?.['host.json'])?.extraFiles?.['host.json'];
    expect(host).toMatchObject({ functionTimeout: '00:05:00' });
    expect(timeout.mock.calls[0]?.[0]).toBeLessThan(5 * 60_000);
  });
});

describe('azure-functions: the handler', () => {
  const invoke = (app: Hono, request: HttpRequest, context: InvocationContext) =>
    httpHandler(app)(request, context) as Promise<HttpResponseInit>;

  it('passes the invocation context to the app', async () => {
    const lines: unknown[] = [];
    const context = new library.InvocationContext({
      functionName: 'probe',
      logHandler: (_level, ...args) => lines.push(...args),
    });
    const app = new Hono<{ Bindings: { invocationContext: InvocationContext } }>();
    app.get('/', (c) => {
      c.env.invocationContext.log('from the app');
      return c.text('');
    });
    await invoke(
      app as unknown as Hono,
      new library.HttpRequest({ method: 'GET', url: 'http://localhost/' }),
      context,
    );
    expect(lines).toEqual(['from the app']);
  });

  it('returns the error status of the app for an unreadable body', async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
    const nativeRequest = new Request('http://localhost/echo', {
      method: 'POST',
      body: broken,
      duplex: 'half',
    });
    const app = new Hono();
    app.post('/echo', async (c) => c.text(await c.req.text()));
    app.onError((_, c) => c.text('broken', 400));
    const request = new library.HttpRequest({ nativeRequest } as never);
    const { status } = await invoke(app, request, new library.InvocationContext({ functionName: 'probe' }));
    expect(status).toBe(400);
  });
});

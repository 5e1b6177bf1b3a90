import { handle, type LambdaContext } from 'hono/aws-lambda';
import { systemClock } from '../../clock.ts';
import { type Env, type FunctionDefinition, missingTask } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';
import { knownEvent } from './event.ts';

type HttpResult = Awaited<ReturnType<ReturnType<typeof handle>>>;

/** @throws Error for an unknown event. Lambda then counts the invocation as failed. */
export type FunctionHandler = (
  event: unknown,
  context: LambdaContext,
) => Promise<HttpResult | Readonly<Record<string, unknown>>>;

/** Milliseconds from the abort of a task to the Lambda timeout. The task can still report the reason. */
const marginMs = 500;

/** @throws SettingsError if a setting is wrong */
export function createHandler(definition: FunctionDefinition, env: Env = process.env): FunctionHandler {
  const { app, task } = definition.create(env, {
    runtime: `aws-lambda node ${process.version}`,
    lifetime: 'frozen',
    clock: systemClock,
    log: jsonLog,
    createFetch: nodeFetchOf(env),
  });
  const http = handle(app);
  return async (event, context) => {
    const known = knownEvent(event);
    if (known.kind === 'http') return http(known.event, context);
    if (!task) throw new Error(missingTask(definition));
    return task.run(AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - marginMs)));
  };
}

import { handle, type LambdaContext } from 'hono/aws-lambda';
import { systemClock } from '../../clock.ts';
import type { Env, FunctionDefinition } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';
import { knownEvent } from './event.ts';

type HttpResult = Awaited<ReturnType<ReturnType<typeof handle>>>;

/** @throws Error for an event of neither kind, so that the invocation fails */
export type FunctionHandler = (
  event: unknown,
  context: LambdaContext,
) => Promise<HttpResult | Readonly<Record<string, unknown>>>;

/** Left of an invocation's time to say why the task did not finish. */
const marginMs = 500;

/**
 * Makes the handler of a Lambda function: HTTP events of API Gateway (formats 1.0 and 2.0), function URLs and load
 * balancers go to the app, scheduled events to the task. The app receives its own paths, without the stage and the base
 * path under which the function is published.
 * @throws SettingsError
 */
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
    if (!task) throw new Error(`${definition.name} has no task: set ${definition.taskNeeds}`);
    return task.run(AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - marginMs)));
  };
}

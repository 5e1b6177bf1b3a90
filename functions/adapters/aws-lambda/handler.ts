import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { systemClock } from '../../clock.ts';
import type { Env, FunctionDefinition } from '../../function.ts';
import { createNodeFetch } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';

/** What an EventBridge rule or schedule sends. */
export interface ScheduledEvent {
  readonly source: 'aws.events' | 'aws.scheduler';
}

type HttpResult = Awaited<ReturnType<ReturnType<typeof handle>>>;

export type FunctionHandler = (
  event: LambdaEvent | ScheduledEvent,
  context: LambdaContext,
) => Promise<HttpResult | Readonly<Record<string, unknown>>>;

/** Left of an invocation's time to say why the task did not finish. */
const marginMs = 500;

/**
 * Makes the handler of a Lambda function: HTTP events of API Gateway (v1, v2), function URLs and load balancers go to
 * the app, scheduled events to the task.
 * @throws SettingsError
 */
export function createHandler(definition: FunctionDefinition, env: Env = process.env): FunctionHandler {
  const { app, task } = definition.create(env, {
    runtime: `aws-lambda node ${process.version}`,
    lifetime: 'frozen',
    clock: systemClock,
    log: jsonLog,
    createFetch: createNodeFetch,
  });
  const http = handle(app);
  return async (event, context) => {
    if (!isScheduled(event)) return http(event, context);
    if (!task) throw new Error(`${definition.name} has no task: set ${definition.taskNeeds}`);
    return task.run(AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - marginMs)));
  };
}

function isScheduled(event: LambdaEvent | ScheduledEvent): event is ScheduledEvent {
  return 'source' in event && (event.source === 'aws.events' || event.source === 'aws.scheduler');
}

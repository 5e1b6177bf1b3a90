import { app as azure, type InvocationContext, type TimerHandler } from '@azure/functions';
import { systemClock } from '../../clock.ts';
import type { Env, FunctionDefinition, Task } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';
import { choiceSetting, readSettings, textSetting } from '../../settings.ts';
import { httpHandler } from './handler.ts';

export const azureSettings = {
  /**
   * Kind of key that a request to the HTTP trigger needs.
   * @default 'function'
   */
  AZURE_AUTH_LEVEL: choiceSetting(['anonymous', 'function', 'admin']),
  /**
   * Schedule of the timer. The value `off` means no timer.
   * @default the schedule of the task
   */
  TASK_SCHEDULE: textSetting('off, or an NCRONTAB expression, six fields with the seconds first', {
    remedy:
      'Set it to an expression such as "0 */5 * * * *", set it to off if another scheduler runs the task, or unset it to use the schedule of the task',
    pattern: /^(off|\S+( +\S+){5})$/,
  }),
};

/**
 * Registers an HTTP trigger, and a timer for the task.
 * @throws SettingsError if a setting is wrong
 */
export function register(definition: FunctionDefinition, env: Env = process.env): void {
  const { AZURE_AUTH_LEVEL: authLevel = 'function', TASK_SCHEDULE } = readSettings(azureSettings, env);
  const instance = definition.create(env, {
    runtime: `azure-functions node ${process.version}`,
    lifetime: 'warm',
    clock: systemClock,
    log: jsonLog,
    createFetch: nodeFetchOf(env),
  });
  azure.setup({ enableHttpStream: true });
  azure.http(definition.name, {
    route: '{*path}',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    authLevel,
    handler: httpHandler(instance.app),
  });
  if (instance.task && TASK_SCHEDULE !== 'off') {
    const { name, schedule } = instance.task;
    azure.timer(`${definition.name}-${name}`, {
      schedule: TASK_SCHEDULE ?? schedule,
      handler: timerHandler(instance.task),
    });
  }
}

/** Milliseconds. Azure ends the function after five minutes (`functionTimeout` in `host.json`). */
const taskTimeoutMs = 4.5 * 60_000;

/** The handler throws a TaskError if the task fails. Azure then counts the run as failed. */
export function timerHandler(task: Task): TimerHandler {
  return async (_timer, context: InvocationContext) => {
    context.log(JSON.stringify(await task.run(AbortSignal.timeout(taskTimeoutMs))));
  };
}

import { app as azure, type InvocationContext, type TimerHandler } from '@azure/functions';
import { systemClock } from '../../clock.ts';
import type { Env, FunctionDefinition, Task } from '../../function.ts';
import { nodeFetchOf } from '../../http/node-fetch.ts';
import { jsonLog } from '../../log.ts';
import { choiceSetting, readSettings, textSetting } from '../../settings.ts';
import { httpHandler } from './handler.ts';

/** Environment variables of the host. */
export const azureSettings = {
  /** Key that the HTTP trigger requires. @default 'function' */
  AZURE_AUTH_LEVEL: choiceSetting(['anonymous', 'function', 'admin']),
  /** Schedule of the timer. @default the schedule of the task */
  TASK_SCHEDULE: textSetting('an NCRONTAB expression, six fields with the seconds first', {
    remedy: 'Set it to an expression such as "0 */5 * * * *", or unset it to use the schedule of the task',
    pattern: /^\S+( +\S+){5}$/,
  }),
};

/**
 * Registers a function with the v4 programming model. One HTTP trigger serves all paths of the function; a function key
 * protects the trigger unless AZURE_AUTH_LEVEL has another value. If the function has a task, a timer runs it at the
 * schedule in TASK_SCHEDULE, otherwise at the task's own schedule.
 * @throws SettingsError
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
  if (instance.task) {
    const { name, schedule } = instance.task;
    azure.timer(`${definition.name}-${name}`, {
      schedule: TASK_SCHEDULE ?? schedule,
      handler: timerHandler(instance.task),
    });
  }
}

/** The limit of a Consumption plan. The adapter ends a longer task and reports the reason. */
const taskTimeoutMs = 4.5 * 60_000;

/** Runs a task for a timer trigger. @throws TaskError, which makes the host count the run as failed */
export function timerHandler(task: Task): TimerHandler {
  return async (_timer, context: InvocationContext) => {
    context.log(JSON.stringify(await task.run(AbortSignal.timeout(taskTimeoutMs))));
  };
}

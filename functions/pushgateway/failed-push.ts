import { TaskError } from '../function.ts';
import type { PushError } from './client.ts';

/** The error of a task whose push failed. A retry does not help if the Pushgateway rejected the push. */
export function failedPush(error: PushError): TaskError {
  return new TaskError(`the push failed: ${error.message}`, {
    temporary: error.outcome !== 'rejected',
    cause: error,
  });
}

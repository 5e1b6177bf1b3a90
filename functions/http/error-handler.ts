import type { ErrorHandler } from 'hono';
import type { Log } from '../log.ts';
import { BodyTooLargeError, contentTooLarge } from './body-limit.ts';
import { problem } from './problem.ts';

/**
 * Logs an error of a request. The answer has the status 500 and no details of the error. If the request body is too
 * large, the answer has the status 413, and the error is not logged.
 */
export function errorHandler(log: Log): ErrorHandler {
  return (error, c) => {
    if (error instanceof BodyTooLargeError) return contentTooLarge(error);
    log('error', 'request failed', {
      method: c.req.method,
      path: c.req.path,
      detail: error.stack ?? error.message,
    });
    return problem({ status: 500, title: 'Internal Server Error' });
  };
}

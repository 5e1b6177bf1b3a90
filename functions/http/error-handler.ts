import type { ErrorHandler } from 'hono';
import type { Log } from '../log.ts';
import { BodyTooLargeError, contentTooLarge } from './body-limit.ts';
import { problem } from './problem.ts';

/** Logs an error, and answers 500 without details. A body that is too large gets 413 and no log. */
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

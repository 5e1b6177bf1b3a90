import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import type { Controls } from '../controls.ts';

/** The body of an error answer (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The invalid field of the request, such as `alerts[3].labels`. */
  readonly field?: string;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Not possible now',
  413: 'The request is too large',
  421: 'Wrong host',
  429: 'Too many open pages',
  500: 'Internal error',
  502: 'A program of the pipeline does not answer',
  503: 'The pipeline is starting',
};

export function problem(c: Context, status: ContentfulStatusCode, detail: string, field?: string): Response {
  const body: Problem = {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail,
    ...(field === undefined ? {} : { field }),
  };
  return c.json(body, status, { 'Content-Type': 'application/problem+json' });
}

/** An answer that names the first wrong field of the request. */
export function invalidBody(c: Context, error: z.ZodError): Response {
  const [issue] = error.issues;
  const isNoObject = issue?.code === 'invalid_type' && issue.path.length === 0;
  if (isNoObject) return problem(c, 400, 'The body is not a JSON object. Send a JSON object, such as {}.');
  const path = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue?.path;
  const field = path && path.length > 0 ? z.core.toDotPath(path) : undefined;
  return problem(c, 400, z.prettifyError(error), field);
}

/** Undefined if the body is not JSON. Every schema refuses undefined. */
export function jsonOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}

/** An empty body counts as `{}`. */
export async function optionalJsonOf(c: Context): Promise<unknown> {
  return (await c.req.text()) === '' ? {} : jsonOf(c);
}

/** The answer to a request for an action that this console does not offer. */
export function notOffered(
  c: Context,
  { place, notOffered: reason = `The console of ${place} does not offer this action.` }: Controls,
): Response {
  return problem(c, 404, reason);
}

import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { BodyTooLargeError, limited } from './body-limit.ts';
import { problem } from './problem.ts';

export type RefusedBody = 'too_large' | 'unsupported_media_type' | 'invalid';

export type JsonBody<T> =
  | { readonly value: T; readonly text: string }
  | { readonly refused: RefusedBody; readonly response: Response };

export interface JsonBodyOptions {
  readonly maxBytes: number;
  /** What a request without a body means; without this it is refused. */
  readonly empty?: unknown;
}

/** At most this many faults are told of; a body can have as many as it has bytes. */
const maxErrors = 20;

/** Zod's English messages, passed to each parse, because `z.config` would change the messages of the whole process. */
const { localeError } = en();

/** Reads a request's body as JSON that fits a schema; where it does not, the answer says where and why. */
export async function readJson<T>(
  request: Request,
  schema: z.core.$ZodType<T>,
  { maxBytes, empty }: JsonBodyOptions,
): Promise<JsonBody<T>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge(maxBytes);
  let bytes: ArrayBuffer | Uint8Array;
  try {
    bytes = await bytesOf(request, maxBytes);
  } catch (error) {
    if (error instanceof BodyTooLargeError) return tooLarge(maxBytes);
    throw error;
  }
  if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
  if (bytes.byteLength === 0 && empty !== undefined) return check(schema, empty, '');
  if (!isJson(request.headers.get('content-type'))) {
    return refuse(
      'unsupported_media_type',
      415,
      'Unsupported Media Type',
      'send content-type: application/json',
    );
  }
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    json = /__proto__|\\/.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch {
    return refuse('invalid', 400, 'Bad Request', 'the body is not JSON in UTF-8, or has a key __proto__');
  }
  return check(schema, json, text);
}

/** A body whose length is not announced is read no further than it may be long. @throws BodyTooLargeError */
async function bytesOf(request: Request, maxBytes: number): Promise<ArrayBuffer | Uint8Array> {
  // In this order: asking for the stream makes one, which costs a push a fifth of its time.
  if (request.headers.has('content-length') || !request.body) return request.arrayBuffer();
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(request.body, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Schemas drop such a key without a word, and what it named would be gone. A reviver makes parsing slow: only text that
 * can spell the key, plainly or by an escape, is given to it.
 */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no key');
  return value;
}

function check<T>(schema: z.core.$ZodType<T>, json: unknown, text: string): JsonBody<T> {
  const result = z.safeParse(schema, json, { error: localeError });
  if (result.success) return { value: result.data, text };
  const errors = result.error.issues.slice(0, maxErrors).map(({ path, message }) => ({
    pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail: message,
  }));
  const response = problem({
    status: 422,
    title: 'Unprocessable Content',
    detail: 'the body does not fit the schema, see /openapi.json',
    errors,
  });
  return { refused: 'invalid', response };
}

function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}

function tooLarge(maxBytes: number): JsonBody<never> {
  return refuse('too_large', 413, 'Content Too Large', `a body may have ${maxBytes} bytes`);
}

function refuse(refused: RefusedBody, status: number, title: string, detail: string): JsonBody<never> {
  return { refused, response: problem({ status, title, detail }) };
}

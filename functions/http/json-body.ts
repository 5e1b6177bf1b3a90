import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { BodyTooLargeError, limited } from './body-limit.ts';
import { BrokenCodingError, codingsOf, decodeBody } from './content-coding.ts';
import { problem } from './problem.ts';

export type RefusedBody = 'too_large' | 'unsupported_media_type' | 'invalid';

export type JsonBody<T> =
  | { readonly value: T; readonly text: string }
  | { readonly refused: RefusedBody; readonly response: Response };

export interface JsonBodyOptions {
  /** Maximum bytes of a body, before and after gzip decompression. */
  readonly maxBytes: number;
  /**
   * Value for a request without a body.
   * @default the request is refused
   */
  readonly empty?: unknown;
}

const acceptedCodings = ['', 'gzip', 'x-gzip'];

/** Maximum number of validation errors in one response. */
const maxErrors = 20;

/** English texts for validation errors. `z.config` would set the texts for the whole process. */
const { localeError } = en();

/** Reads and validates a JSON body. The response to an invalid body lists the first errors. */
export async function readJson<T>(
  request: Request,
  schema: z.core.$ZodType<T>,
  { maxBytes, empty }: JsonBodyOptions,
): Promise<JsonBody<T>> {
  const contentEncoding = request.headers.get('content-encoding');
  if (!acceptedCodings.includes(codingsOf(contentEncoding).join(', ')))
    return unsupported('send the body without a coding, or with content-encoding: gzip', {
      'accept-encoding': 'gzip',
    });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge(maxBytes);
  let bytes: ArrayBuffer | Uint8Array;
  try {
    bytes = await bytesOf(request, maxBytes);
    if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
    bytes = await decodeBody(new Uint8Array(bytes), contentEncoding, maxBytes);
  } catch (error) {
    if (error instanceof BodyTooLargeError) return tooLarge(maxBytes);
    if (error instanceof BrokenCodingError)
      return refuse(
        'invalid',
        400,
        'Bad Request',
        `${error.message}. Compress the body again, or send it uncompressed and without the header Content-Encoding`,
      );
    throw error;
  }
  if (bytes.byteLength === 0 && empty !== undefined) return check(schema, empty, '');
  if (!isJson(request.headers.get('content-type'))) {
    return unsupported('send content-type: application/json');
  }
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // The slow `refusePrototype` runs only for texts that contain `__proto__` or a backslash.
    // JSON can encode the key `__proto__` as `\u005f_proto__`.
    json = /__proto__|\\/.test(text) ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch {
    return refuse('invalid', 400, 'Bad Request', 'the body is not JSON in UTF-8, or has a key __proto__');
  }
  return check(schema, json, text);
}

async function bytesOf(request: Request, maxBytes: number): Promise<ArrayBuffer | Uint8Array> {
  // `readJson` has already compared `content-length` with the limit.
  // Reading every body in chunks would take 20 % of the time of a push.
  if (request.headers.has('content-length') || !request.body) return request.arrayBuffer();
  // Without `content-length`, `arrayBuffer` would read a body of any size.
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(request.body, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Throws an error for the key `__proto__`. Otherwise `z.record` would drop this key without an error. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('the key __proto__ is not allowed');
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
  return refuse(
    'too_large',
    413,
    'Content Too Large',
    `the body has more than ${maxBytes} bytes before or after decompression; send a smaller body`,
  );
}

function unsupported(detail: string, headers: Readonly<Record<string, string>> = {}): JsonBody<never> {
  return refuse('unsupported_media_type', 415, 'Unsupported Media Type', detail, headers);
}

function refuse(
  refused: RefusedBody,
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): JsonBody<never> {
  return { refused, response: problem({ status, title, detail }, headers) };
}

import { BodyTooLargeError } from './body-limit.ts';

/** A body that does not match its `Content-Encoding`. */
export class MalformedCodingError extends Error {
  override readonly name = 'MalformedCodingError';
}

export type Coding = 'identity' | 'gzip';

/** The codings of a request's body that are read, as an `Accept-Encoding` of an answer (RFC 9110, 12.5.3). */
export const acceptedCodings = 'gzip';

/** @returns the coding that a `Content-Encoding` names; undefined for one that is not read, or for several */
export function codingOf(contentEncoding: string | null): Coding | undefined {
  switch ((contentEncoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return 'identity';
    case 'gzip':
    case 'x-gzip':
      return 'gzip';
    default:
      return undefined;
  }
}

/**
 * Undoes a coding.
 * @throws BodyTooLargeError as soon as more than `limit` bytes have come out of it, MalformedCodingError
 */
export async function decodeBody(
  bytes: ArrayBuffer | Uint8Array,
  coding: Coding,
  limit: number,
): Promise<ArrayBuffer | Uint8Array> {
  if (coding === 'identity') return bytes;
  const [{ promisify }, { gunzip }] = await Promise.all([import('node:util'), import('node:zlib')]);
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new BodyTooLargeError(limit);
    throw new MalformedCodingError('the body is not in gzip, as its Content-Encoding says', { cause });
  }
}

import { BodyTooLargeError } from './body-limit.ts';

export class UnsupportedCodingError extends Error {
  override readonly name = 'UnsupportedCodingError';
}

export class BrokenCodingError extends Error {
  override readonly name = 'BrokenCodingError';
}

/** A body with many compression layers is probably an attack. */
const maxCodings = 3;

type Zlib = typeof import('node:zlib');

const decoders: Readonly<Record<string, (zlib: Zlib, bytes: Uint8Array) => DecodeCallback>> = {
  gzip: (zlib) => zlib.gunzip,
  'x-gzip': (zlib) => zlib.gunzip,
  br: (zlib) => zlib.brotliDecompress,
  // Some servers omit the zlib header of deflate bodies (RFC 9110, 8.4.1.2).
  deflate: (zlib, bytes) => (((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw),
};

type DecodeCallback = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

/** The codings of a `Content-Encoding` header, in the order of encoding (RFC 9110, 8.4). */
export function codingsOf(contentEncoding: string | null): readonly string[] {
  return (contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * @param limit maximum bytes after each decoding
 * @throws BodyTooLargeError, UnsupportedCodingError, BrokenCodingError
 */
export async function decodeBody<T extends Uint8Array>(
  bytes: T,
  contentEncoding: string | null,
  limit: number,
): Promise<T | Buffer> {
  const codings = codingsOf(contentEncoding);
  const unknown = codings.find((coding) => !Object.hasOwn(decoders, coding));
  if (unknown !== undefined || codings.length > maxCodings) {
    throw new UnsupportedCodingError(
      `the body has the content encoding ${JSON.stringify(contentEncoding)}, which is not allowed: send the body with gzip, deflate or br, or without a content encoding`,
    );
  }
  if (codings.length === 0 || bytes.byteLength === 0) return bytes;
  const zlib = await import('node:zlib');
  let decoded: T | Buffer = bytes;
  for (const coding of codings.toReversed()) decoded = await decode(coding, zlib, decoded, limit);
  return decoded;
}

function decode(coding: string, zlib: Zlib, bytes: Uint8Array, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    decoders[coding]?.(zlib, bytes)(bytes, { maxOutputLength: limit }, (error, decoded) => {
      if (!error) resolve(decoded);
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') reject(new BodyTooLargeError(limit));
      else reject(new BrokenCodingError(`the body is invalid ${coding}: ${error.message}`, { cause: error }));
    });
  });
}

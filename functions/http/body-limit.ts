import type { Readable } from 'node:stream';
import { problem } from './problem.ts';

/** The error for a body above the size limit, before or after decoding. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(limit: number) {
    super(`the body is larger than ${limit} bytes`);
  }
}

/** The answer to a request whose body is longer than the limit. */
export const contentTooLarge = ({ message }: BodyTooLargeError, headers?: Readonly<Record<string, string>>) =>
  problem({ status: 413, title: 'Content Too Large', detail: `${message}. Send a smaller body` }, headers);

/**
 * Reads a whole stream. After an error, the caller must close the stream.
 * @throws BodyTooLargeError
 */
export function collect(stream: Readable, limit: number): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    let size = 0;
    // For small bodies, an async iterator would take twice as long as event listeners.
    stream.on('data', (chunk: Buffer<ArrayBuffer>) => {
      size += chunk.byteLength;
      if (size <= limit) chunks.push(chunk);
      else {
        stream.pause();
        reject(new BodyTooLargeError(limit));
      }
    });
    stream.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    stream.on('error', reject);
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Error('the connection closed before the end of the body'));
    });
  });
}

/**
 * Yields the chunks of a stream.
 * @throws BodyTooLargeError above `limit` bytes
 */
export async function* limited<T extends Uint8Array>(
  chunks: AsyncIterable<T>,
  limit: number,
): AsyncGenerator<T> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyTooLargeError(limit);
    yield chunk;
  }
}

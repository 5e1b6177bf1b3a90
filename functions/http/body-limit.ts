/** A body that is longer than whoever reads it takes; the rest is not read. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(limit: number) {
    super(`the body is larger than ${limit} bytes`);
  }
}

/** Passes chunks on until they come to more than `limit` bytes. @throws BodyTooLargeError */
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

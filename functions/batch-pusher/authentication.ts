import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Creates a function that returns whether an `Authorization` header contains an accepted token. The duration of the
 * check is the same for every token, therefore the duration reveals nothing about the accepted tokens.
 */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // The loop compares every token, even after a match. All compared digests have the same length.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Returns a check for an accepted token in an `Authorization` header. The check takes the same time for every token.
 * The time therefore reveals nothing about accepted tokens.
 */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // Compares every token, even after a match. All digests have the same length.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Checks whether an `Authorization` header contains an accepted token; the time of the check reveals nothing about
 * the tokens.
 */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // Every token is compared, even after a match. The compared digests have equal lengths.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

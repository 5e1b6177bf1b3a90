import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Returns a function that checks an `Authorization` header. Each check takes the same time. Otherwise an attacker could
 * guess a token step by step.
 */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // `some` would stop at the first match. All digests have the same length, as `timingSafeEqual` requires.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

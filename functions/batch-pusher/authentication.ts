import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Returns a function that checks an `Authorization` header. Each check takes the same time. Otherwise an attacker could
 * guess a token step by step.
 */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // Compares the token with every accepted token, even after a match. Otherwise the response time would show which
    // token matched. `timingSafeEqual` requires inputs of equal length, therefore the code compares digests.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

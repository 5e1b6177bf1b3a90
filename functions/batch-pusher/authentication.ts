import { createHash, timingSafeEqual } from 'node:crypto';

/** The duration of a check does not show how much of a token is correct. */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // `map` checks every token. Otherwise the response time would show which token matched.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

/** `timingSafeEqual` requires inputs of equal length. All digests have the same length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

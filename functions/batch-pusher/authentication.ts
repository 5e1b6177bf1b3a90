import { createHash, timingSafeEqual } from 'node:crypto';

/** Tells whether an `Authorization` header carries one of the tokens, in a time that says nothing about them. */
export function bearerCheck(tokens: readonly string[]): (authorization: string | null) => boolean {
  const accepted = tokens.map(digest);
  return (authorization) => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    // Every token is compared, whichever matches; equal lengths, because digests are.
    return accepted.map((token) => timingSafeEqual(token, given)).includes(true);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

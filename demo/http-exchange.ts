import { request } from 'node:http';

export interface Exchange {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** Text in the exposition format. Ignored if `body` is set. */
  readonly exposition?: string;
  /** Include a timeout in the signal, because the HTTP request has no timeout. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** The first million characters of the body. */
  readonly text: string;
}

const readChars = 1_000_000;

/**
 * Uses `node:http`, because undici needs more time to load than the programs need to start.
 * @throws Error if no complete answer arrives
 */
export function exchange(
  url: string,
  { method = 'GET', body, exposition, signal }: Exchange,
): Promise<Answer> {
  const sent = body === undefined ? exposition : JSON.stringify(body);
  const type = body === undefined ? 'text/plain; version=0.0.4' : 'application/json';
  const headers = sent === undefined ? {} : { 'content-type': type };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, signal, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, readChars);
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.once('error', reject);
    asked.end(sent);
  });
}

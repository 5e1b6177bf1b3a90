import { request } from 'node:http';

export interface Exchange {
  /** @default GET */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Must abort some time: there is no other deadline. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** As far as it was read: a megabyte, which nothing here exceeds. */
  readonly text: string;
}

const readChars = 1_000_000;

/**
 * Asks a program on this machine. By Node's own client: undici takes longer to load than the programs take to start.
 * @throws Error when no answer comes, or the signal aborts before its end
 */
export function exchange(url: string, { method = 'GET', body, signal }: Exchange): Promise<Answer> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
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
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

import { request } from 'node:http';

export interface Exchange {
  /** @default GET */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Must abort at some time, because there is no other deadline. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** The first megabyte of the body; no answer on the laptop is larger. */
  readonly text: string;
}

const readChars = 1_000_000;

/**
 * Sends a request to a program on this machine. Node's own client is used because undici loads more slowly than the
 * programs start.
 * @throws Error if no complete answer arrives or the signal aborts
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

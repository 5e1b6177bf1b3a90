import { request } from 'node:http';

export interface Exchange {
  /**
   * HTTP method.
   * @default GET
   */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Body of the request, which is sent as JSON. */
  readonly body?: unknown;
  /** Body of the request as text in the exposition format. It replaces `body`. */
  readonly exposition?: string;
  /**
   * Signal that aborts the request. The caller must abort a slow request, because the request has no other deadline.
   */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Text of the body, at most one megabyte. No answer on the laptop is longer. */
  readonly text: string;
}

const readChars = 1_000_000;

/**
 * Sends a request to a program on this machine. It uses the HTTP client of Node. To load undici would take longer than
 * the start of the programs.
 * @throws Error if no complete answer arrives, or if the signal aborts
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

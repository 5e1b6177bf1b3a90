import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';

export interface DownloadOptions {
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal | undefined;
  /** Maximum wait for the start of the answer in one attempt, in milliseconds. */
  readonly answerMs: number;
  /** Maximum time between two chunks, in milliseconds. A longer pause fails the download. */
  readonly idleMs: number;
  readonly maxBytes: number;
  readonly onBytes?: (done: number, total: number | undefined) => void;
}

/** Error that concerns only one URL, such as status 404. A download from another URL may succeed. */
export class DownloadRefused extends Error {
  override readonly name = 'DownloadRefused';
}

const maxRedirects = 5;
/** Retries for an overloaded server or a broken connection. A retry resumes the partial download. */
const retries = { maxRetries: 2, minTimeout: 500, maxTimeout: 5_000 };

/** @returns the SHA-256 of the received bytes in hexadecimal */
export async function download(url: string, file: string, options: DownloadOptions): Promise<string> {
  const { body, total } = await open(url, options);
  const hash = createHash('sha256');
  let done = 0;
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        done += chunk.length;
        if (done > options.maxBytes)
          throw new DownloadRefused(`${url} is larger than ${options.maxBytes} bytes`);
        hash.update(chunk);
        options.onBytes?.(done, total);
        yield chunk;
      }
    },
    createWriteStream(file),
    options.signal ? { signal: options.signal } : {},
  );
  return hash.digest('hex');
}

async function open(url: string, options: DownloadOptions) {
  const { request, interceptors } = await import('undici');
  const dispatcher = options.dispatcher.compose(
    tlsOnly(new URL(url).origin),
    interceptors.retry(retries),
    interceptors.redirect({ maxRedirections: maxRedirects }),
  );
  const { statusCode, headers, body } = await begun(options, (signal) =>
    request(url, { dispatcher, headersTimeout: options.answerMs, bodyTimeout: options.idleMs, signal }),
  ).catch((error: Error) => {
    throw 'statusCode' in error
      ? new DownloadRefused(`${url} answered with status ${error.statusCode}`)
      : error;
  });
  if (statusCode === 200) {
    const length = Number(headers['content-length']);
    return { body, total: Number.isFinite(length) && length > 0 ? length : undefined };
  }
  await body.dump();
  throw new DownloadRefused(
    statusCode >= 300 && statusCode < 400 && headers.location !== undefined
      ? `${url} redirects more than ${maxRedirects} times`
      : `${url} answered with status ${statusCode}`,
  );
}

/** Fails if no answer begins in time. The timeouts of undici do not apply to the tunnel of a proxy. */
async function begun<T>(
  { signal, answerMs }: DownloadOptions,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('no answer')), 3 * answerMs);
  const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  const over = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), { once: true });
  });
  return Promise.race([ask(either), over]).finally(() => clearTimeout(timer));
}

function tlsOnly(first: string): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const { protocol, origin } = new URL(String(options.origin));
    if (protocol !== 'https:' && origin !== first) {
      throw new DownloadRefused(
        `${first} redirects to ${protocol}//; a redirect to a URL without TLS is refused`,
      );
    }
    return dispatch(options, handler);
  };
}

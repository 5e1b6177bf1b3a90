import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';

export interface DownloadOptions {
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal | undefined;
  /** Until the answer begins. */
  readonly answerMs: number;
  /** Between two pieces of the answer: a slow download may take its time, a dead one may not. */
  readonly idleMs: number;
  readonly maxBytes: number;
  readonly onBytes?: (done: number, total: number | undefined) => void;
}

/** The server answered, but not with what was asked for; another program's download may still work. */
export class DownloadRefused extends Error {
  override readonly name = 'DownloadRefused';
}

const maxRedirects = 5;

/** Downloads to a file; returns the SHA-256 of what arrived, in hexadecimal. */
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

async function open(url: string, options: DownloadOptions, redirects = 0) {
  const { request } = await import('undici');
  const { statusCode, headers, body } = await request(url, {
    dispatcher: options.dispatcher,
    headersTimeout: options.answerMs,
    bodyTimeout: options.idleMs,
    signal: options.signal ?? null,
  });
  if (statusCode === 200) {
    const length = Number(headers['content-length']);
    return { body, total: Number.isFinite(length) && length > 0 ? length : undefined };
  }
  await body.dump();
  const { location } = headers;
  if (statusCode < 300 || statusCode > 399 || typeof location !== 'string') {
    throw new DownloadRefused(`${url} answered with status ${statusCode}`);
  }
  const next = new URL(location, url);
  if (next.protocol !== 'https:')
    throw new DownloadRefused(`${url} redirects to ${next.protocol}//, which is refused`);
  if (redirects === maxRedirects)
    throw new DownloadRefused(`${url} redirects more than ${maxRedirects} times`);
  return open(next.href, options, redirects + 1);
}

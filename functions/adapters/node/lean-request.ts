import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { BodyTooLargeError, collect, limited } from '../../http/body-limit.ts';

/** The part of `Headers` that needs no native object; the rest is made on first use. */
class LeanHeaders {
  readonly #incoming: IncomingMessage;
  #native: Headers | undefined;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
  }

  get(name: string): string | null {
    if (this.#native) return this.#native.get(name);
    const value = this.#incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  get native(): Headers {
    if (!this.#native) {
      this.#native = new Headers();
      const { rawHeaders } = this.#incoming;
      for (let i = 0; i < rawHeaders.length; i += 2) {
        this.#native.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
      }
    }
    return this.#native;
  }

  getSetCookie() {
    return this.native.getSetCookie();
  }
  keys() {
    return this.native.keys();
  }
  values() {
    return this.native.values();
  }
  entries() {
    return this.native.entries();
  }
  forEach(each: (value: string, name: string, headers: Headers) => void) {
    this.native.forEach(each);
  }
  [Symbol.iterator]() {
    return this.native.entries();
  }
}

/** A message is not complete while its handler runs for the first time, so that says nothing of a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** A `Request` over an incoming message; what is rarely asked for is answered by a native one made on first use. */
export class LeanRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: LeanHeaders;
  readonly #incoming: IncomingMessage;
  readonly #maxBodyBytes: number;
  #abort: AbortController | undefined;
  #read: Promise<Buffer<ArrayBuffer>> | undefined;
  #stream: ReadableStream<Uint8Array> | undefined;
  #native: Request | undefined;

  constructor(incoming: IncomingMessage, url: string, maxBodyBytes: number) {
    this.method = incoming.method ?? 'GET';
    this.url = url;
    this.headers = new LeanHeaders(incoming);
    this.#incoming = incoming;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** Aborted when the client goes away before it has its answer. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** Told by the server that the connection has closed. */
  closed(): void {
    this.#abort?.abort();
  }

  get bodyUsed(): boolean {
    return this.#read !== undefined || (this.#stream?.locked ?? false);
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (!hasBody(this.#incoming)) return null;
    this.#stream ??= Readable.toWeb(Readable.from(this.#limited())) as ReadableStream<Uint8Array>;
    return this.#stream;
  }

  /** @throws BodyTooLargeError */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.#bytes());
  }

  /** @throws BodyTooLargeError, SyntaxError */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** @throws BodyTooLargeError */
  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.#bytes();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }

  blob(): Promise<Blob> {
    return this.native.blob();
  }

  formData(): Promise<FormData> {
    return this.native.formData();
  }

  clone(): Request {
    return this.native.clone();
  }

  get native(): Request {
    if (!this.#native) {
      const { method, signal } = this;
      const body = method === 'GET' || method === 'HEAD' ? null : this.body;
      const headers = this.headers.native;
      this.#native = new Request(this.url, {
        method,
        signal,
        headers,
        ...(body && { body, duplex: 'half' }),
      });
    }
    return this.#native;
  }

  async #bytes(): Promise<Buffer<ArrayBuffer>> {
    if (this.#stream) return Buffer.from(await this.native.arrayBuffer());
    if (this.#read) throw new TypeError('Body is unusable: it has already been read');
    this.#read = collect(this.#announced(), this.#maxBodyBytes);
    return this.#read;
  }

  /** @throws BodyTooLargeError before anything is read of a body that says it is too large */
  #announced(): IncomingMessage {
    if (Number(this.#incoming.headers['content-length'] ?? 0) > this.#maxBodyBytes) {
      throw new BodyTooLargeError(this.#maxBodyBytes);
    }
    return this.#incoming;
  }

  #limited(): AsyncIterable<Buffer<ArrayBuffer>> {
    return limited(this.#announced().iterator({ destroyOnReturn: false }), this.#maxBodyBytes);
  }
}

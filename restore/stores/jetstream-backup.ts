import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { StreamInfo } from '@nats-io/jetstream';
import { createInbox, type NatsConnection } from '@nats-io/transport-node';
import type { Backup } from '../store.ts';
import { apiMs, streamNames } from './jetstream.ts';

/** Longest wait for the answer to one chunk. The NATS server answers after it has stored the chunk. */
const chunkMs = 30_000;
/** Bytes. A chunk must be smaller than a message of NATS, which has at most 1 MiB by default. */
const chunkBytes = 128 * 1024;

interface Refusable {
  readonly error?: { readonly description: string };
}

async function call<T>(
  connection: Pick<NatsConnection, 'request'>,
  subject: string,
  body: unknown,
): Promise<T> {
  const message = await connection.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: apiMs });
  return accepted<T>(message.json<T & Refusable>(), subject);
}

function accepted<T>(answer: T & Refusable, subject: string): T {
  if (answer.error) throw new Error(`JetStream refuses ${subject}: ${answer.error.description}`);
  return answer;
}

/** The two files of a stream have the names that the nats CLI uses. */
const described = (folder: string, stream: string) => join(folder, stream, 'backup.json');
const content = (folder: string, stream: string) => join(folder, stream, 'stream.tar.s2');

/**
 * Writes each stream and its durable consumers in the format of `nats stream backup`.
 * @throws Error
 */
export async function backupStreams(connection: NatsConnection, folder: string): Promise<Backup> {
  const completeUntil = Date.now();
  let bytes = 0;
  for (const stream of await streamNames(connection)) {
    mkdirSync(join(folder, stream), { recursive: true });
    const file = openSync(content(folder, stream), 'w');
    try {
      bytes += await snapshot(connection, stream, folder, (chunk) => writeSync(file, chunk));
    } finally {
      closeSync(file);
    }
  }
  return { completeUntil, bytes };
}

/**
 * @param silenceMs longest wait for a chunk
 * @returns size in bytes
 * @throws Error if the snapshot fails
 */
export async function snapshot(
  connection: Pick<NatsConnection, 'subscribe' | 'request'>,
  stream: string,
  folder: string,
  write: (chunk: Uint8Array) => void,
  silenceMs = chunkMs,
): Promise<number> {
  const inbox = createInbox();
  const chunks = connection.subscribe(inbox);
  const silence = setTimeout(() => chunks.unsubscribe(), silenceMs);
  try {
    const request = { deliver_subject: inbox, no_consumers: false };
    const { config, state } = await call<StreamInfo>(connection, `STREAM.SNAPSHOT.${stream}`, request);
    writeFileSync(described(folder, stream), JSON.stringify({ config, state }, null, 2));
    let bytes = 0;
    for await (const chunk of chunks) {
      silence.refresh();
      if (chunk.headers && chunk.headers.code >= 300) {
        throw new Error(
          `The snapshot of the stream ${stream} failed: ${chunk.headers.description}. Check the log of NATS, and start the drill again.`,
        );
      }
      // An empty message ends the snapshot.
      if (chunk.data.length === 0) return bytes;
      write(chunk.data);
      bytes += chunk.data.length;
      chunk.respond();
    }
    // The loop also ends if the connection closes.
    throw new Error(
      `The snapshot of the stream ${stream} is incomplete: NATS sent ${bytes} bytes, and then nothing for ${silenceMs / 1000} s, or the connection closed. Check the log of NATS, and start the drill again.`,
    );
  } finally {
    clearTimeout(silence);
    chunks.unsubscribe();
  }
}

/**
 * Restores streams from a folder of {@link backupStreams}. Skips existing streams.
 * @throws Error
 */
export async function restoreStreams(
  connection: NatsConnection,
  folder: string,
  streams: readonly string[],
): Promise<void> {
  const existing = await streamNames(connection);
  for (const stream of streams.filter((name) => !existing.includes(name))) {
    const request = JSON.parse(readFileSync(described(folder, stream), 'utf8'));
    const subject = `STREAM.RESTORE.${stream}`;
    const { deliver_subject: target } = await call<{ readonly deliver_subject: string }>(
      connection,
      subject,
      request,
    );
    const file = openSync(content(folder, stream), 'r');
    try {
      const left = { bytes: statSync(content(folder, stream)).size };
      while (left.bytes > 0) {
        const chunk = Buffer.alloc(Math.min(chunkBytes, left.bytes));
        const read = readSync(file, chunk, 0, chunk.length, null);
        left.bytes -= read;
        const answer = await connection.request(target, chunk.subarray(0, read), { timeout: chunkMs });
        // NATS sends an empty answer for a stored chunk, and JSON for an error.
        if (answer.data.length > 0) accepted(answer.json<Refusable>(), subject);
      }
    } finally {
      closeSync(file);
    }
    const end = await connection.request(target, new Uint8Array(), { timeout: chunkMs });
    accepted(end.json<Refusable>(), subject);
  }
}

import { createHash } from 'node:crypto';
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
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { createInbox, type NatsConnection } from '@nats-io/transport-node';
import { digestOf, type Part } from '../part.ts';
import type { Backup, Recording } from '../store.ts';

const apiMs = 10_000;
/** Longest wait for the answer to one chunk. The NATS server answers after it has stored the chunk. */
const chunkMs = 30_000;
/** Bytes. A chunk must be smaller than a message of NATS, which has at most 1 MiB by default. */
const chunkBytes = 128 * 1024;
/** Number of the newest messages that are compared. A stream with limits deletes its oldest messages. */
const comparedMessages = 10_000;

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

async function streamsOf(connection: NatsConnection): Promise<readonly StreamInfo[]> {
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  return manager.streams.list().next();
}

export async function streamNames(connection: NatsConnection): Promise<readonly string[]> {
  return (await streamsOf(connection)).map(({ config }) => config.name);
}

/** Runs an action with a connection to the server. */
export type Using = <T>(action: (connection: NatsConnection) => Promise<T>) => Promise<T>;

interface Window {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Records the streams of a server: a digest of the newest 10,000 messages of each stream, and the position of each
 * durable consumer.
 */
export async function recordStreams(using: Using): Promise<Recording> {
  const windows = (await using(streamsOf)).map(({ config, state }): Window => {
    const first = Math.max(state.first_seq, state.last_seq - comparedMessages + 1);
    return { stream: config.name, first, last: state.last_seq };
  });
  const reread = () => using((connection) => streamParts(connection, windows));
  return { parts: await reread(), reread };
}

async function streamParts(connection: NatsConnection, windows: readonly Window[]): Promise<readonly Part[]> {
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  const existing = await streamNames(connection);
  const parts: Part[] = [];
  for (const window of windows.filter(({ stream }) => existing.includes(stream))) {
    const consumers = await manager.consumers.list(window.stream).next();
    parts.push(
      ...consumers
        .filter(({ config }) => config.durable_name !== undefined)
        .map(({ name, ack_floor, delivered }) => ({
          name: `consumer ${name} of ${window.stream}`,
          count: ack_floor.stream_seq,
          unit: 'acknowledged messages',
          // Only `drillConsumer` has a digest, because programs can change the position of other consumers at any time.
          ...(name === drillConsumer && { digest: digestOf([ack_floor.stream_seq, delivered.stream_seq]) }),
        })),
      await messagesIn(connection, window),
    );
  }
  return parts;
}

async function messagesIn(connection: NatsConnection, { stream, first, last }: Window): Promise<Part> {
  const hash = createHash('sha256');
  let count = 0;
  let newest: number | undefined;
  await readMessages(connection, stream, first, ({ seq, time, subject, data }) => {
    if (seq > last) return false;
    hash.update(`${seq} ${subject} ${data.length} `).update(data);
    count += 1;
    newest = time;
    return seq < last;
  });
  const name = `stream ${stream}`;
  return { name, count, unit: 'messages', digest: hash.digest('hex'), ...(newest && { newest }) };
}

/**
 * Durable consumer that the drill adds to each stream with messages. Its position shows whether a restore keeps the
 * positions of consumers.
 */
const drillConsumer = 'restore-drill';
const acknowledged = 5;

/** Adds a consumer to every stream with messages, and acknowledges a few of these messages. */
export async function addDrillConsumers(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  const client = jetstream(connection, { timeout: apiMs });
  for (const { config, state } of await streamsOf(connection)) {
    if (state.messages === 0) continue;
    await manager.consumers.add(config.name, { durable_name: drillConsumer, ack_policy: AckPolicy.Explicit });
    const consumer = await client.consumers.get(config.name, drillConsumer);
    const batch = await consumer.fetch({
      max_messages: Math.min(acknowledged, state.messages),
      expires: 5000,
    });
    for await (const message of batch) await message.ackAck();
  }
}

/** A stream with test messages, because a cluster can be without other streams. */
const drillStream = { name: 'RESTORE_DRILL', subjects: ['restore-drill.messages'] };
const drillMessages = 1000;

/** Adds the stream of the drill with 1000 messages. A stream of an earlier drill is replaced. */
export async function addDrillStream(connection: NatsConnection): Promise<void> {
  await removeDrillStream(connection);
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  await manager.streams.add({ ...drillStream, num_replicas: 1 });
  const client = jetstream(connection, { timeout: apiMs });
  const [subject = ''] = drillStream.subjects;
  await Promise.all(
    Array.from({ length: drillMessages }, (_, index) => client.publish(subject, `message ${index}`)),
  );
}

export async function removeDrillStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  if ((await streamNames(connection)).includes(drillStream.name)) {
    await manager.streams.delete(drillStream.name);
  }
}

export async function removeDrillConsumers(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection, { timeout: apiMs });
  for (const stream of await streamNames(connection)) {
    await manager.consumers.delete(stream, drillConsumer).catch(() => {});
  }
}

interface Message {
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly time: number;
  readonly subject: string;
  readonly data: Uint8Array;
}

/** Reads the messages of a stream from a sequence number, until the stream ends or `next` returns false. */
async function readMessages(
  connection: NatsConnection,
  stream: string,
  from: number,
  next: (message: Message) => boolean,
): Promise<void> {
  const client = jetstream(connection, { timeout: apiMs });
  const consumer = await client.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, from),
    inactive_threshold: 30_000,
  });
  if ((await consumer.info()).num_pending === 0) return;
  const messages = await consumer.consume({ max_messages: 1000 });
  for await (const { seq, info, subject, data } of messages) {
    const time = info.timestampNanos / 1e6;
    if (!next({ seq, time, subject, data }) || info.pending === 0) break;
  }
  await messages.close();
  await consumer.delete().catch(() => {});
}

/** Unix time in milliseconds of the newest message before the given time, in all streams of a server. */
export async function newestMessage(connection: NatsConnection, before: number): Promise<number | undefined> {
  let newest: number | undefined;
  for (const { config, state } of await streamsOf(connection)) {
    // The function reads only about the last 10,000 messages of each stream. If all these messages are newer than
    // `before`, the function ignores the stream.
    await readMessages(connection, config.name, state.last_seq - comparedMessages, ({ time }) => {
      if (time <= before) newest = Math.max(newest ?? 0, time);
      return time <= before;
    });
  }
  return newest;
}

/** The two files of a stream have the names that the nats CLI uses. */
const described = (folder: string, stream: string) => join(folder, stream, 'backup.json');
const content = (folder: string, stream: string) => join(folder, stream, 'stream.tar.s2');

/**
 * Backs up every stream of a server, with its durable consumers, in the format of `nats stream backup`.
 * @throws Error with the reason of the server
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
 * @param silenceMs longest time between two chunks, in milliseconds
 * @returns the number of bytes
 * @throws Error if NATS reports an error, or if the snapshot is incomplete
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
  let silence: NodeJS.Timeout | undefined;
  try {
    const request = { deliver_subject: inbox, no_consumers: false };
    const { config, state } = await call<StreamInfo>(connection, `STREAM.SNAPSHOT.${stream}`, request);
    writeFileSync(described(folder, stream), JSON.stringify({ config, state }, null, 2));
    let bytes = 0;
    silence = setTimeout(() => chunks.unsubscribe(), silenceMs);
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
 * Restores streams from a folder of {@link backupStreams}. An existing stream stays unchanged.
 * @throws Error with the reason of the server
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
        // An empty answer means that the server stored the chunk. Another answer is JSON with an error, and `accepted`
        // throws the error.
        if (answer.data.length > 0) accepted(answer.json<Refusable>(), subject);
      }
    } finally {
      closeSync(file);
    }
    const end = await connection.request(target, new Uint8Array(), { timeout: chunkMs });
    accepted(end.json<Refusable>(), subject);
  }
}

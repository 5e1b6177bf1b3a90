import { createHash } from 'node:crypto';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { digestOf, type Part } from '../part.ts';
import type { Recording } from '../store.ts';

/** Longest wait for an answer of the JetStream API. */
export const apiMs = 10_000;
/** The drill compares the newest messages, because a stream limit deletes the oldest messages. */
const comparedMessages = 10_000;

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

/** Records a digest of the newest messages of each stream, and the position of each durable consumer. */
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
          // No running program changes the position of the drill's consumer.
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

/** Durable consumer of the drill. Its position shows whether a restore keeps consumer positions. */
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

/** Reads a stream from a sequence number until the stream ends or `next` returns false. */
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
    // The drill searches only the newest 10,000 messages of each stream.
    await readMessages(connection, config.name, state.last_seq - comparedMessages, ({ time }) => {
      if (time <= before) newest = Math.max(newest ?? 0, time);
      return time <= before;
    });
  }
  return newest;
}

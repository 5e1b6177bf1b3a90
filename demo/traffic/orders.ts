import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

export const stream = 'ORDERS';
export const subject = 'orders.created';
export const consumer = 'billing';

/** At a limit, the server deletes the oldest messages. The unit of `max_age` is nanoseconds. */
const limits = { max_msgs: 50_000, max_bytes: 32 * 1024 * 1024, max_age: 3600 * 1e9 };

/** @throws Error if the server does not answer */
export async function prepareStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection, { timeout: 5000 });
  const config = { name: stream, subjects: ['orders.*'], ...limits };
  await manager.streams.add(config).catch(() => manager.streams.update(stream, config));
  await manager.consumers.add(stream, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 5000,
  });
}

/** @param bytes size of the JSON text, at least 64 */
export function order(sequence: number, bytes: number): string {
  const fields = { order: sequence, vnd: 26_300 * (1 + (sequence % 90)), note: '' };
  const missing = Math.max(0, bytes - JSON.stringify(fields).length);
  return JSON.stringify({ ...fields, note: '.'.repeat(missing) });
}

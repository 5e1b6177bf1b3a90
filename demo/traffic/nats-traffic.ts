import { setTimeout as delay } from 'node:timers/promises';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

export type TrafficMode = 'on' | 'off' | 'stalled-consumer';

export interface NatsTrafficOptions {
  /** `nats://…` of the server. */
  readonly server: string;
  /** Average messages per second. */
  readonly rate: number;
}

const stream = 'ORDERS';
const subject = 'orders.created';
const consumer = 'billing';
const tickMs = 200;
const burstMessages = 5000;
const burstBatch = 250;

/**
 * Traffic of a small shop on one NATS cluster: publishes orders to a JetStream stream, and a durable consumer bills
 * them.
 */
export class NatsTraffic {
  readonly #options: NatsTrafficOptions;
  readonly #ended = new AbortController();
  readonly #loops: Promise<void>[] = [];
  #connections: readonly NatsConnection[] = [];
  #mode: TrafficMode = 'on';

  constructor(options: NatsTrafficOptions) {
    this.#options = options;
  }

  get mode(): TrafficMode {
    return this.#mode;
  }

  set mode(mode: TrafficMode) {
    this.#mode = mode;
  }

  /** Connects a publisher and a consumer, which always reconnect. @throws Error if the server does not answer */
  async start(): Promise<void> {
    this.#connections = await Promise.all(['orders', 'billing'].map((name) => this.#connect(name)));
    const [publisher, subscriber] = this.#connections as [NatsConnection, NatsConnection];
    await prepareStream(publisher);
    this.#loops.push(this.#publish(publisher), this.#consume(subscriber));
  }

  /** Publishes several thousand messages at once, which the panels show. @returns the number of accepted messages */
  async burst(): Promise<number> {
    const [publisher] = this.#connections;
    if (!publisher || publisher.isClosed()) return 0;
    const js = jetstream(publisher, { timeout: 2000 });
    let taken = 0;
    for (let sent = 0; sent < burstMessages && !this.#ended.signal.aborted; sent += burstBatch) {
      const results = await Promise.allSettled(
        Array.from({ length: burstBatch }, (_, i) => js.publish(subject, order(sent + i))),
      );
      taken += results.filter((r) => r.status === 'fulfilled').length;
    }
    return taken;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await Promise.all(this.#connections.map((c) => c.close().catch(() => {})));
    await Promise.all(this.#loops);
  }

  #connect(name: string): Promise<NatsConnection> {
    return connect({
      servers: this.#options.server,
      name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      timeout: 2000,
    });
  }

  async #publish(connection: NatsConnection): Promise<void> {
    const js = jetstream(connection, { timeout: 2000 });
    let owed = 0;
    let sequence = 0;
    while (!this.#ended.signal.aborted) {
      // The rate varies over five minutes, which gives the panels a shape.
      const swell = 1 + 0.4 * Math.sin((Date.now() / 300_000) * 2 * Math.PI);
      owed += (this.#options.rate * swell * tickMs) / 1000;
      const due = Math.floor(owed);
      owed -= due;
      if (this.#mode !== 'off') {
        // The demo may lose orders while the server restarts.
        await Promise.allSettled(Array.from({ length: due }, () => js.publish(subject, order(sequence++))));
      }
      await this.#pause(tickMs);
    }
  }

  async #consume(connection: NatsConnection): Promise<void> {
    while (!this.#ended.signal.aborted) {
      if (this.#mode === 'on') await this.#consumeBatch(connection).catch(() => this.#pause(500));
      else await this.#pause(tickMs);
    }
  }

  async #consumeBatch(connection: NatsConnection): Promise<void> {
    const billing = await jetstream(connection, { timeout: 2000 }).consumers.get(stream, consumer);
    const batch = await billing.fetch({ max_messages: 500, expires: 1000 });
    for await (const message of batch) message.ack();
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#ended.signal }).catch(() => {});
  }
}

async function prepareStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection, { timeout: 5000 });
  const limits = { max_msgs: 50_000, max_bytes: 32 * 1024 * 1024, max_age: 3600 * 1e9 };
  const config = { name: stream, subjects: ['orders.*'], ...limits };
  await manager.streams.add(config).catch(() => manager.streams.update(stream, config));
  await manager.consumers.add(stream, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 5000,
  });
}

function order(sequence: number): string {
  return JSON.stringify({ order: sequence, vnd: 26_300 * (1 + (sequence % 90)) });
}

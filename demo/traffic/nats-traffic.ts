import { setTimeout as delay } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  ControlFailed,
  type TrafficChange,
  type TrafficSettings,
  type TrafficStatus,
  trafficBounds,
} from '../../console/index.ts';
import { consumer, order, prepareStream, stream, subject } from './orders.ts';
import { Meter, Pacing } from './pacing.ts';
import { burstSize, changed } from './traffic-settings.ts';

export interface NatsTrafficOptions {
  /** `nats://…` */
  readonly server: string;
  readonly cluster: string;
  /** Average messages per second, until the user sets a rate. */
  readonly rate: number;
}

const tickMs = 200;
const retryMs = 500;
const batchMessages = 250;
const meterMs = 5000;
const usualBytes = 128;

/** Publishers send orders to a JetStream stream. A durable consumer acknowledges the orders. */
export class NatsTraffic {
  readonly #options: NatsTrafficOptions;
  readonly #ended = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #meter = new Meter(meterMs);
  #publishers: readonly NatsConnection[] = [];
  #subscriber: NatsConnection | undefined;
  #settings: TrafficSettings;
  /** If true, the rate rises and falls with a period of five minutes. */
  #varies = true;
  #sequence = 0;
  #burst: Promise<number> | undefined;
  stalled = false;
  paused = false;

  constructor(options: NatsTrafficOptions) {
    this.#options = options;
    this.#settings = { rate: options.rate, size: usualBytes, clients: 1, mode: 'on' };
  }

  status(): TrafficStatus {
    const open = [...this.#publishers, this.#subscriber].filter((one) => one && !one.isClosed());
    return {
      ...this.#settings,
      cluster: this.#options.cluster,
      stalled: this.stalled,
      connected: open.length,
      published: Math.round(this.#meter.rate(Date.now())),
      bounds: trafficBounds,
    };
  }

  /** @throws OutOfBounds before any setting changes */
  set(change: TrafficChange): void {
    this.#settings = changed(this.#settings, change);
    if (change.rate !== undefined) this.#varies = false;
  }

  /**
   * The connections reconnect automatically.
   * @throws Error if the server does not answer
   */
  async start(): Promise<void> {
    const [publisher, subscriber] = await Promise.all([this.#connect('orders'), this.#connect('billing')]);
    this.#publishers = [publisher];
    this.#subscriber = subscriber;
    await prepareStream(publisher);
    this.#loops.push(this.#publish(), this.#consume(subscriber), this.#adaptClients());
  }

  /**
   * @returns the number of accepted messages
   * @throws OutOfBounds
   * @throws ControlFailed
   */
  burst(messages?: number): Promise<number> {
    const count = burstSize(messages, this.#settings.size);
    // A call during a burst returns the result of that burst.
    this.#burst ??= this.#publishSome(count).finally(() => {
      this.#burst = undefined;
    });
    return this.#burst;
  }

  async #publishSome(count: number): Promise<number> {
    const accepted = await this.publishNow(count);
    if (accepted > 0 || this.#ended.signal.aborted) return accepted;
    throw new ControlFailed(
      `The NATS server of ${this.#options.cluster} has accepted no message. Start this server or end its fault, then publish the burst again.`,
    );
  }

  /**
   * Publishes as fast as the server accepts.
   * @returns the number of accepted messages
   */
  async publishNow(count: number): Promise<number> {
    let taken = 0;
    for (let sent = 0; sent < count && !this.#ended.signal.aborted; sent += batchMessages) {
      const accepted = await this.#send(Math.min(batchMessages, count - sent));
      if (accepted === 0) break;
      taken += accepted;
    }
    return taken;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    const close = () =>
      Promise.all([...this.#publishers, this.#subscriber].map((one) => one?.close().catch(() => {})));
    await close();
    await Promise.all(this.#loops);
    await close();
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

  async #send(count: number): Promise<number> {
    const streams = this.#publishers
      .filter((one) => !one.isClosed())
      .map((one) => jetstream(one, { timeout: 2000 }));
    if (streams.length === 0) return 0;
    const results = await Promise.allSettled(
      Array.from({ length: count }, () => {
        const sequence = this.#sequence++;
        return streams[sequence % streams.length]?.publish(subject, order(sequence, this.#settings.size));
      }),
    );
    const accepted = results.filter(({ status }) => status === 'fulfilled').length;
    this.#meter.add(accepted, Date.now());
    return accepted;
  }

  async #publish(): Promise<void> {
    const pacing = new Pacing();
    let last = Date.now();
    while (!this.#ended.signal.aborted) {
      const now = Date.now();
      const { rate, mode } = this.#settings;
      const swell = this.#varies ? 1 + 0.4 * Math.sin((now / 300_000) * 2 * Math.PI) : 1;
      const due = pacing.due(now - last, rate * swell);
      last = now;
      if (mode === 'on' && !this.paused && due > 0) await this.#send(due);
      await this.#pause(tickMs);
    }
  }

  async #adaptClients(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const surplus = this.#publishers.slice(this.#settings.clients);
      if (surplus.length > 0) {
        this.#publishers = this.#publishers.slice(0, this.#settings.clients);
        await Promise.all(surplus.map((one) => one.drain().catch(() => {})));
      } else if (this.#publishers.length < this.#settings.clients) {
        const added = await this.#connect('orders').catch(() => undefined);
        if (added) {
          this.#publishers = [...this.#publishers, added];
          continue;
        }
      }
      await this.#pause(retryMs);
    }
  }

  async #consume(connection: NatsConnection): Promise<void> {
    while (!this.#ended.signal.aborted) {
      if (this.stalled) await this.#pause(tickMs);
      else await this.#consumeBatch(connection).catch(() => this.#pause(retryMs));
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

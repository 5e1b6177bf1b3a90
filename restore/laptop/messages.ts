import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ports } from '../../config/topology.ts';
import { dataFolders } from '../../demo/data-folders.ts';
import { messageOf } from '../../drill/wait.ts';
import type { Store } from '../store.ts';
import {
  addDrillConsumers,
  newestMessage,
  recordStreams,
  removeDrillConsumers,
  streamNames,
} from '../stores/jetstream.ts';
import { backupStreams, restoreStreams } from '../stores/jetstream-backup.ts';
import type { Pipeline } from './pipeline.ts';

interface Server {
  readonly component: string;
  readonly port: 'nats' | 'edgeNats';
}

export const servers: readonly Server[] = [
  { component: 'nats', port: 'nats' },
  { component: 'edge-nats', port: 'edgeNats' },
];

const startMs = 30_000;
const pollMs = 100;

/** The streams of a NATS server and their consumers. The backup is a snapshot of each stream. */
export function messages({ folder, portOffset, stop, start }: Pipeline, { component, port }: Server): Store {
  const data = join(folder, dataFolders[port]);
  /** Opens a new connection for each action, because the server stops during the drill. */
  const using = async <T>(action: (connection: NatsConnection) => Promise<T>): Promise<T> => {
    const connection = await connect({
      servers: `127.0.0.1:${ports[port] + portOffset}`,
      name: 'restore-drill',
      reconnect: false,
      timeout: 2000,
    });
    try {
      return await action(connection);
    } finally {
      await connection.close();
    }
  };
  return {
    name: `messages-${component}`,
    program: `JetStream of ${component}`,
    deletes: `the folder ${data}`,
    lacks: async () => {
      const { parts } = await recordStreams(using);
      const has = (unit: string) => parts.some((part) => part.unit === unit && part.count > 0);
      if (!has('messages')) return `No stream of ${component} has a message.`;
      return has('acknowledged messages')
        ? undefined
        : `No consumer of ${component} has acknowledged a message.`;
    },
    prepare: () => using(addDrillConsumers),
    tidy: () => using(removeDrillConsumers),
    record: () => recordStreams(using),
    backup: (target) => using((connection) => backupStreams(connection, target)),
    stop: () => stop(component),
    start: () => start(component),
    erase: () => rm(data, { recursive: true }),
    restore: async (source) => {
      await stop(component);
      await rm(data, { recursive: true, force: true });
      await start(component);
      await answering(() => using(streamNames), component);
      await using((connection) => restoreStreams(connection, source, streamsIn(source)));
    },
    newest: (before) => using((connection) => newestMessage(connection, before)),
  };
}

const streamsIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

async function answering(request: () => Promise<unknown>, name: string): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    try {
      await request();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(
          `${name} did not answer within ${startMs / 1000} s. Check the log of ${name}. Error: ${messageOf(error)}`,
        );
      }
      await delay(pollMs);
    }
  }
}

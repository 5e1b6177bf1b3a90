import { board } from '../board.ts';
import * as clients from './clients.ts';
import * as jetstream from './jetstream.ts';
import * as overview from './overview.ts';
import * as servers from './servers.ts';

export const natsDashboard = board({
  uid: 'nats',
  title: 'NATS',
  fileName: 'nats-dashboard.json',
  description: 'Clients, messages and JetStream of every NATS cluster.',
  overview: (thresholds) => [
    overview.serversAnswering(),
    overview.connectionsNow(),
    overview.messagesNow(),
    overview.streams(),
    overview.worstLag(thresholds),
  ],
  rows: (thresholds) => ({
    Traffic: [clients.messageRates(), clients.byteRates()],
    Clients: [
      clients.connectionsOverTime(),
      clients.connectionUse(thresholds),
      clients.subscriptions(),
      clients.slowConsumers(),
      clients.pendingBytes(),
      clients.exporters(),
    ],
    JetStream: [
      jetstream.storageUse(thresholds),
      jetstream.memoryUse(thresholds),
      jetstream.streamMessages(),
      jetstream.streamGrowth(),
      jetstream.consumerLag(thresholds),
      jetstream.consumerBacklog(),
      jetstream.consumerProgress(),
      jetstream.redelivered(thresholds),
    ],
    Servers: [servers.cpu(), servers.memory(), servers.servers()],
  }),
});

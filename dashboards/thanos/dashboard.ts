import { board } from '../board.ts';
import * as overview from './overview.ts';
import * as reads from './reads.ts';
import * as resources from './resources.ts';
import * as rules from './rules.ts';
import * as writes from './writes.ts';

export const thanosDashboard = board({
  uid: 'thanos',
  title: 'Thanos',
  fileName: 'thanos-dashboard.json',
  description: 'Whether Thanos stores every sample, answers queries and evaluates the rules.',
  overview: () => [
    overview.membersDown(),
    overview.ingestersMissing(),
    overview.samplesAccepted(),
    overview.copies(),
    overview.queryRate(),
  ],
  rows: (thresholds) => ({
    Writes: [
      writes.samplesByStatus(),
      writes.refusedSamples(),
      writes.writeAnswers(),
      writes.replication(thresholds),
      writes.seriesByIngester(),
      writes.storedSamples(),
      writes.hashringNodes(),
    ],
    Queries: [reads.queryDuration(thresholds), reads.queries(), reads.stores(), reads.readsByIngester()],
    Rules: [
      rules.evaluations(),
      rules.groupShare(thresholds),
      rules.failedWrites(thresholds),
      rules.alerts(),
    ],
    Resources: [resources.memory(), resources.cpu()],
  }),
});

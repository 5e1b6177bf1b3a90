import { thanos } from '../config/cluster-names.ts';
import { receivesInPrometheus, runsThanos, thanosSettings } from '../config/engines.ts';
import { productionNeeds } from '../config/environment-rules.ts';
import { gibibytes, mebibytes } from '../config/quantity.ts';
import { type Problem, problem, type Rule } from '../config/rule.ts';
import { thanosCopies } from '../config/thanos.ts';
import { writtenSeries } from '../modules/kubernetes/edge/plan.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';
import {
  fewestIngesters,
  fits,
  ingesterVolumeBytes,
  maximumIngesters,
  neededIngesters,
  seriesBytes,
} from '../modules/kubernetes/thanos/sizing.ts';

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

const memoryOfPrometheus: Rule = {
  reads: ['central', 'central.expectedSeries', 'central.resources'],
  problems({ central }) {
    const { expectedSeries, resources } = central;
    if (!receivesInPrometheus(central) || expectedSeries === undefined) return [];
    const needed = seriesBytes({ series: expectedSeries, replication: 1 });
    const limit = mebibytes(resources.limits.memory) * 2 ** 20;
    return needed <= limit
      ? []
      : [
          problem(
            'central.expectedSeries',
            `${expectedSeries} series need ${gigabytes(needed)} of memory, and the limit of one Prometheus is ${resources.limits.memory}; raise central.resources.limits.memory, or use only Thanos (central.engine 'thanos' without central.alsoWriteTo)`,
          ),
        ];
  },
};

const seriesOfEdges: Rule = {
  reads: ['central.expectedSeries', 'edges.*.expectedSeries', 'edges.*.replicas'],
  problems({ central: { expectedSeries }, edges }) {
    const declared = edges.filter((edge) => edge.expectedSeries !== undefined);
    const written = declared.reduce((sum, edge) => sum + writtenSeries(edge), 0);
    return expectedSeries === undefined || written <= expectedSeries
      ? []
      : [
          problem(
            'central.expectedSeries',
            `${expectedSeries} is too low, because the agents of the edges write ${written} series; set at least ${written} plus the series of the central cluster, or remove central.expectedSeries`,
          ),
        ];
  },
};

/**
 * Thanos accepts a write after more than half of the copies are stored.
 * Replication 2 is an exception: one stored copy is enough.
 */
const evenProblem = (replication: number) =>
  replication === 2
    ? 'replication 2 does not guarantee two copies of each sample, because Thanos accepts a write after only one ingester has stored the samples'
    : `writes with replication ${replication} and writes with replication ${replication - 1} tolerate the same number of failed ingesters`;

const copies: Rule = {
  reads: ['central', 'edges', 'platform'],
  problems(environment) {
    if (!runsThanos(environment.central)) return [];
    const { demand, replication } = thanosPlan(environment);
    const { ingesters } = demand;
    return [
      ...(replication % 2 === 0
        ? [
            problem(
              'central.thanos.replication',
              `${replication} is even: ${evenProblem(replication)}; set ${replication - 1} or ${replication + 1}`,
            ),
          ]
        : []),
      ...(ingesters !== undefined && replication > ingesters
        ? [
            problem(
              'central.thanos.ingesters',
              `${ingesters} is lower than the ${replication} copies of each sample, and the routers would never get ready; set at least ${replication} ingesters or fewer copies in central.thanos.replication`,
            ),
          ]
        : []),
    ];
  },
};

const capacity: Rule = {
  reads: ['central', 'edges', 'platform'],
  problems(environment) {
    const { central } = environment;
    if (!runsThanos(central)) return [];
    const { demand, localRetention } = thanosPlan(environment);
    const needed = neededIngesters(demand);
    const planned = `${demand.series} series with ${demand.replication} copies need ${gigabytes(seriesBytes(demand))} of memory`;
    const problems: Problem[] = [];
    if (needed > maximumIngesters) {
      problems.push(
        problem(
          'central.expectedSeries',
          `the environment has too many series: ${planned}. Thanos needs ${needed} ingesters for these series, but an environment can have at most ${maximumIngesters} ingesters. Move some edges to another environment. If central.expectedSeries is set, also lower central.expectedSeries`,
        ),
      );
    } else if (demand.ingesters !== undefined && !fits(demand, demand.ingesters)) {
      problems.push(
        problem(
          'central.thanos.ingesters',
          `${demand.ingesters} is too low, because this number of ingesters cannot hold the expected series: ${planned}; set at least ${fewestIngesters(demand)} or remove the setting`,
        ),
      );
    }
    const volume = thanosSettings(environment).volume;
    const neededVolume = gibibytes(ingesterVolumeBytes(demand));
    if (volume !== undefined && mebibytes(volume) < mebibytes(neededVolume)) {
      problems.push(
        problem(
          'central.thanos.volume',
          `${volume} is too small: each ingester stores ${localRetention} of samples and needs ${neededVolume} (${demand.series} series with a sample every ${demand.scrapeIntervalSeconds} s); set at least ${neededVolume}. If the environment has no object store, you can instead set a shorter central.thanos.retention`,
        ),
      );
    }
    return problems;
  },
};

const twoEngines: Rule = {
  reads: ['central'],
  problems: ({ central }) =>
    central.engine !== 'azure-monitor' && central.alsoWriteTo === central.engine
      ? [
          problem(
            'central.alsoWriteTo',
            `is the same engine as central.engine (${central.engine}); without a move between engines, remove central.alsoWriteTo; during a move, set central.alsoWriteTo to the second engine`,
          ),
        ]
      : [],
};

const unusedSettings: Rule = {
  reads: ['central'],
  problems: ({ central }) =>
    central.engine === 'prometheus' && central.thanos !== undefined && !runsThanos(central)
      ? [
          problem(
            'central.thanos',
            "has no effect, because central.engine is 'prometheus'; remove central.thanos, or set central.alsoWriteTo to 'thanos' to start a move to Thanos (docs/move-to-thanos.md)",
          ),
        ]
      : [],
};

const tenants: Rule = {
  reads: ['central', 'edges'],
  problems(environment) {
    const names = environment.edges.map(({ name }) => name);
    return Object.entries(thanosSettings(environment).tenants ?? {}).flatMap(([edge, tenant]) => {
      const setting = `central.thanos.tenants.${edge}`;
      if (!names.includes(edge)) {
        return [
          problem(
            setting,
            `names the edge ${edge}, which does not exist (existing edges: ${names.join(', ') || 'none'}); correct the name, or remove the entry`,
          ),
        ];
      }
      return tenant === thanos.defaultTenant
        ? [
            problem(
              setting,
              `${tenant} is the default tenant, which the central cluster also uses; choose another name or remove the entry`,
            ),
          ]
        : [];
    });
  },
};

export const engineRules: readonly Rule[] = [
  twoEngines,
  unusedSettings,
  tenants,
  memoryOfPrometheus,
  seriesOfEdges,
  copies,
  capacity,
  productionNeeds(
    'central.thanos.replication',
    'is lower than 3; the failure of one ingester would lose samples; set 3 or remove the setting',
    (environment) => (thanosSettings(environment).replication ?? thanosCopies) >= 3,
  ),
];

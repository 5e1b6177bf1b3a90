import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { select } from '../../../metrics/promql.ts';
import { type ComponentFactory, local } from '../../component.ts';
import { perMinute, perSecond } from '../../connection-rates.ts';
import { writeTarget } from '../../engine.ts';
import { address, listener, peer } from '../../network.ts';
import { places } from '../../places.ts';
import { remoteWriteConfig } from '../remote-write.ts';
import { ruleFile } from '../rule-file.ts';
import { graceArguments, replicaLabels, thanosJobs } from './members.ts';

const ruler = { job: thanosJobs.rule } as const;
const folder = 'config/thanos-rule';

export const thanosRule: ComponentFactory = (settings) => {
  const { ports, engine } = settings;
  return {
    name: 'thanos-rule',
    role: 'evaluates the rules, sends the alerts',
    place: places.monitoring,
    target: ruler,
    connections: [
      {
        to: 'alertmanager',
        kind: 'alerts',
        rate: perMinute(select(thanosConnectionMetrics.alertsSent, ruler)),
        unit: 'alerts/min',
        failures: perMinute(select(thanosConnectionMetrics.alertsFailed, ruler)),
      },
      {
        to: 'thanos-query',
        kind: 'requests',
        rate: perSecond(select(thanosConnectionMetrics.ruleEvaluations, ruler)),
        unit: 'queries/s',
        failures: perMinute(select(prometheusMetrics.ruleFailures, ruler)),
      },
      {
        to: writeTarget(engine, 'thanos-rule').component,
        kind: 'remote-write',
        rate: perSecond(select(remoteWriteMetrics.sent, ruler)),
        unit: 'samples/s',
        failures: perSecond(select(remoteWriteMetrics.failed, ruler)),
      },
    ],
    program: { kind: 'program', name: 'thanos' },
    args: [
      'rule',
      `--http-address=${listener(settings, 'thanosRule')}`,
      `--grpc-address=${listener(settings, 'thanosRuleGrpc')}`,
      ...graceArguments,
      `--rule-file=${folder}/rules.yml`,
      `--query=${address(settings, 'thanosQuery')}`,
      `--alertmanagers.url=${peer(settings, 'alertmanager')}`,
      `--alert.query-url=${local(ports.thanosQuery)}`,
      `--remote-write.config-file=${folder}/remote-write.yml`,
      `--eval-interval=${scrapeIntervalSeconds.laptop}s`,
      `--label=${replicaLabels.ruler}="1"`,
      `--alert.label-drop=${replicaLabels.ruler}`,
      `--restore-ignored-label=${replicaLabels.ruler}`,
      '--data-dir=data/thanos-rule',
    ],
    files: {
      [`${folder}/rules.yml`]: stringify(ruleFile(settings)),
      [`${folder}/remote-write.yml`]: stringify({
        remote_write: remoteWriteConfig(settings, 'thanos-rule', 'thanos'),
      }),
    },
    folders: ['data/thanos-rule'],
    ports: [ports.thanosRule, ports.thanosRuleGrpc],
    url: local(ports.thanosRule),
    healthUrl: peer(settings, 'thanosRule', '/-/ready'),
  };
};

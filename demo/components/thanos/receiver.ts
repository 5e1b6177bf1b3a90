import { hashringAlgorithm, thanosCopies, tooFarInFuture } from '../../../config/thanos.ts';
import type { MapNode } from '../../../console/index.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { thanosHeadMetrics } from '../../../metrics/definitions/thanos.ts';
import { range, rate, select, sum } from '../../../metrics/promql.ts';
import { type Component, local } from '../../component.ts';
import { address, listener, peer } from '../../network.ts';
import { places } from '../../places.ts';
import type { Settings } from '../../settings.ts';
import { outOfOrderWindow, retention } from '../retention.ts';
import { graceArguments, type Receiver, receivers, replicaLabels, thanosJobs } from './members.ts';

/** A receiver stores a copy of each received sample, and sends the sample to the other receivers. */
export function thanosReceiver(settings: Settings, receiver: Receiver): Component {
  const { name, http, grpc, write, capnproto } = receiver;
  const { ports } = settings;
  const ring = [{ endpoints: receivers.map((member) => address(settings, member.grpc)) }];
  const file = `config/${name}/hashrings.json`;
  return {
    name,
    role: `receives remote write; each sample is stored ${thanosCopies} times`,
    place: places.monitoring,
    target: { job: thanosJobs.receive },
    keySeries: keySeries(address(settings, http)),
    program: { kind: 'program', name: 'thanos' },
    args: [
      'receive',
      `--http-address=${listener(settings, http)}`,
      `--grpc-address=${listener(settings, grpc)}`,
      `--remote-write.address=${listener(settings, write)}`,
      `--receive.capnproto-address=${listener(settings, capnproto)}`,
      ...graceArguments,
      `--receive.local-endpoint=${address(settings, grpc)}`,
      `--receive.hashrings-file=${file}`,
      `--receive.hashrings-algorithm=${hashringAlgorithm}`,
      `--receive.replication-factor=${thanosCopies}`,
      `--receive.tenant-label-name=${replicaLabels.tenant}`,
      `--label=${replicaLabels.receiver}="${name}"`,
      `--tsdb.path=data/${name}`,
      `--tsdb.retention=${retention}`,
      `--tsdb.out-of-order.time-window=${outOfOrderWindow}`,
      `--tsdb.too-far-in-future.time-window=${tooFarInFuture}`,
    ],
    files: { [file]: JSON.stringify(ring) },
    folders: [`data/${name}`],
    ports: [ports[http], ports[grpc], ports[write], ports[capnproto]],
    url: local(ports[http]),
    healthUrl: peer(settings, http, '/-/ready'),
    // The programs that send samples to a receiver stop first. Then the receiver stops.
    stopStage: 3,
  };
}

function keySeries(instance: string): NonNullable<MapNode['keySeries']> {
  const target = { job: thanosJobs.receive, instance };
  return [
    {
      title: 'Samples stored',
      expr: sum(rate(range(select(thanosHeadMetrics.samplesAppended, target), '1m'))),
      unit: 'suffix:samples/s',
    },
    {
      title: 'Active series',
      expr: sum(select(thanosHeadMetrics.headSeries, target)),
      unit: 'suffix:series',
    },
    {
      title: 'Resident memory',
      expr: sum(select(processMetrics.residentMemory, target)),
      unit: 'bytes',
    },
  ];
}

import type { Tree } from '../change/tree.ts';
import { attributes, derived, objects, pairsAt, values } from './look.ts';
import { azureStores, nats, stack, workloads } from './parts.ts';
import type { Pair, Rule } from './rule.ts';
import { arrow, becomes, fewer, longer, shorter, smaller, smallerOrLimited } from './when.ts';

const prometheus = (field: string) => values([stack], `prometheus.prometheusSpec.${field}`);

function containerArguments(...names: readonly string[]) {
  return derived(`the arguments ${names.map((name) => `\`${name}\``).join(', ')} of containers`, (change) =>
    workloads.includes(change.type)
      ? pairsAt(change.before, change.after, ['spec', 'template', 'spec', 'container', 'args'], []).flatMap(
          (args) =>
            pairsAt(args.before, args.after, ['*'], args.path).filter(({ path }) =>
              names.includes(path.at(-1) ?? ''),
            ),
        )
      : [],
  );
}

/** The Thanos compactor keeps blocks forever if a retention is 0. */
function withoutEnd(pair: Pair): Pair {
  const forever = (value: Tree | undefined) =>
    typeof value === 'string' && /^--retention\.resolution-\w+=0\w*$/.test(value) ? '1000y' : value;
  const [before, after] = [forever(pair.before), forever(pair.after)];
  return { ...pair, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

export const retentionRules: readonly Rule[] = [
  {
    id: 'retention-time-cut',
    tier: 'irreversible',
    concern: 'data',
    title: 'Prometheus keeps its samples for a shorter time',
    looksAt: [prometheus('retention')],
    when: shorter,
    reason: 'Within two hours, Prometheus deletes the blocks that are older than the new time.',
    remedy: 'Take a snapshot of the volume first if anyone needs the old samples.',
  },
  {
    id: 'retention-size-cut',
    tier: 'irreversible',
    concern: 'data',
    title: 'Prometheus keeps fewer bytes',
    looksAt: [prometheus('retentionSize')],
    when: smallerOrLimited,
    reason: 'Prometheus deletes its oldest blocks until the other blocks fit into the new size.',
    remedy:
      'Compare the size of the blocks with the new limit (`prometheus_tsdb_storage_blocks_bytes`) before the deployment.',
  },
  {
    id: 'thanos-retention-cut',
    tier: 'irreversible',
    concern: 'data',
    title: 'Thanos keeps its blocks for a shorter time',
    looksAt: [
      containerArguments(
        '--tsdb.retention',
        '--retention.resolution-raw',
        '--retention.resolution-5m',
        '--retention.resolution-1h',
      ),
      objects(['ThanosRuler'], 'spec.retention'),
    ],
    when: (pair, change) => shorter(withoutEnd(pair), change) && arrow(pair),
    reason:
      'Thanos deletes the blocks that are older than the new retention. The object store keeps no copy of a block that the compactor deletes.',
    remedy: 'Copy the blocks from the object store first, or keep the retention.',
  },
  {
    id: 'alertmanager-retention-cut',
    tier: 'review',
    concern: 'data',
    title: 'Alertmanager keeps silences and notifications for a shorter time',
    looksAt: [values([stack], 'alertmanager.alertmanagerSpec.retention')],
    when: shorter,
    reason:
      'Alertmanager forgets silences that ended and notifications that it sent. An alert can be sent again.',
    remedy: 'Keep the time longer than `repeat_interval` of every route.',
  },
  {
    id: 'out-of-order-window-cut',
    tier: 'dangerous',
    concern: 'data',
    title: 'The receiver accepts only younger samples',
    looksAt: [prometheus('tsdb.outOfOrderTimeWindow'), containerArguments('--tsdb.out-of-order.time-window')],
    when: shorter,
    reason:
      'After an outage that is longer than the new window, the samples of the edges are rejected and lost.',
    remedy: 'Set `outage` of each edge to the new window or less, in the same deployment.',
  },
  {
    id: 'edge-buffer-cut',
    tier: 'dangerous',
    concern: 'data',
    title: 'An agent keeps unsent samples for a shorter time',
    looksAt: [
      objects(
        ['PrometheusAgent'],
        'spec.remoteWrite.queueConfig.sampleAgeLimit',
        'spec.additionalArgs.value',
      ),
    ],
    when: shorter,
    reason:
      'In an outage of the receiver that is longer than the new time, the agent deletes its oldest samples.',
    remedy:
      'Compare the new time limit for unsent samples with the longest outage that the edge must survive (docs/add-an-edge.md).',
  },
  {
    id: 'jetstream-limit-cut',
    tier: 'irreversible',
    concern: 'data',
    title: 'JetStream may use less space',
    looksAt: [values([nats], 'config.jetstream.fileStore.maxSize', 'config.jetstream.memoryStore.maxSize')],
    when: smaller,
    reason: 'Streams with the policy `old` delete their oldest messages; other streams reject new messages.',
    remedy:
      'Compare the space that the streams use (`nats server report jetstream`) with the new limit before the deployment.',
  },
  {
    id: 'blob-restore-window-cut',
    tier: 'dangerous',
    concern: 'data',
    title: 'Deleted blobs can be restored for a shorter time',
    looksAt: [
      attributes(
        [azureStores.storage],
        'blob_properties.delete_retention_policy.days',
        'blob_properties.container_delete_retention_policy.days',
      ),
    ],
    when: fewer,
    reason: 'Blobs that were deleted before the new window are lost at once.',
    remedy: 'Restore the deleted blobs that are still needed, then deploy.',
  },
  {
    id: 'blob-versioning-off',
    tier: 'dangerous',
    concern: 'data',
    title: 'The storage account keeps no versions of its blobs',
    looksAt: [attributes([azureStores.storage], 'blob_properties.versioning_enabled')],
    when: (pair, change) => (change.action === 'create' ? undefined : becomes(false)(pair, change)),
    reason:
      'Azure no longer keeps the earlier content of an overwritten blob, such as a backup or a Terraform state.',
    remedy: 'Keep the blob versions for every storage account that contains Terraform states or backups.',
  },
  {
    id: 'log-retention-cut',
    tier: 'irreversible',
    concern: 'data',
    title: 'Logs are kept for a shorter time',
    looksAt: [attributes([azureStores.logs], 'retention_in_days')],
    when: fewer,
    reason: 'Azure deletes the older audit logs.',
    remedy: 'First export the logs that a later audit can need.',
  },
  {
    id: 'backup-retention-cut',
    tier: 'dangerous',
    concern: 'data',
    title: 'Backups are kept for a shorter time',
    looksAt: [
      attributes(
        ['azurerm_data_protection_backup_policy_kubernetes_cluster'],
        'default_retention_rule.life_cycle.duration',
        'retention_rule.life_cycle.duration',
      ),
    ],
    when: shorter,
    reason:
      'Azure deletes each backup after the new retention time. If a fault stays undetected for longer than this time, Azure has already deleted every backup from before the fault.',
    remedy: 'Keep the time longer than a fault can stay undetected.',
  },
  {
    id: 'scrape-interval-longer',
    tier: 'review',
    concern: 'monitoring',
    title: 'The time between two scrapes gets longer',
    looksAt: [
      prometheus('scrapeInterval'),
      prometheus('evaluationInterval'),
      objects(['PrometheusAgent'], 'spec.scrapeInterval'),
    ],
    when: longer,
    reason: 'A short fault can fall between two scrapes. A `rate` needs at least two samples in its range.',
    remedy: 'Check that each range in the rules has at least four scrapes.',
  },
];

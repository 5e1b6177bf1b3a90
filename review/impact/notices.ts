import { credentialSecrets } from '../../config/cluster-names.ts';
import { batchJob } from '../../config/topology.ts';
import type { Change } from '../change/change.ts';
import { isBranch, textAt, valuesAt } from '../change/tree.ts';
import { rulePairs } from '../rules/alert-rules.ts';
import { pairsAt } from '../rules/look.ts';
import { pushgateway, stack } from '../rules/parts.ts';
import { effectOf, type Touch } from './touch.ts';

export function pushesOf(change: Change): readonly Touch[] {
  const { release, type, before, after } = change;
  const name = textAt(after ?? before, 'metadata.name') ?? textAt(after ?? before, 'name') ?? '';
  const gateway =
    release?.name === pushgateway || (type.startsWith('kubernetes_') && name.includes(pushgateway));
  const record = type === 'azurerm_private_dns_a_record' && name === pushgateway;
  if (gateway || record) {
    return [
      {
        part: 'push',
        name: `every batch job → ${pushgateway}`,
        effect: release ? effectOf(change) : 'changed',
      },
    ];
  }
  const workload = /^kubernetes_(deployment|cron_job)_v1$|^azurerm_resource_group_template_deployment$/.test(
    type,
  );
  return workload && /batch/.test(name)
    ? [{ part: 'push', name: `${batchJob} of ${name} → ${pushgateway}`, effect: effectOf(change) }]
    : [];
}

export function alertsOf(change: Change): readonly Touch[] {
  return rulePairs(change, 'alert')
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
    .map(({ before, after }) => ({
      part: 'alert',
      name: textAt(after ?? before, 'alert') ?? 'an alert',
      effect: effectOf({ before, after }),
    }));
}

export function receiversOf(change: Change): readonly Touch[] {
  const { release, type, before, after, differences } = change;
  if (type === 'azurerm_monitor_action_group') {
    return [
      {
        part: 'receiver',
        name: textAt(after ?? before, 'name') ?? 'an action group',
        effect: effectOf(change),
      },
    ];
  }
  if (
    type === 'kubernetes_secret_v1' &&
    textAt(after ?? before, 'metadata.name') === credentialSecrets.alertReceivers
  ) {
    return [{ part: 'receiver', name: 'every receiver', effect: 'changed' }];
  }
  if (release?.name !== stack) return [];
  const routed = differences.some(
    ({ path }) => path[1] === 'alertmanager' && path[2] === 'config' && path[3] !== 'receivers',
  );
  return pairsAt(release.before, release.after, ['alertmanager', 'config', 'receivers', '*'], []).flatMap(
    ({ path, before: one, after: other }): Touch[] => {
      const name = path.at(-1) ?? textAt(other ?? one, 'name') ?? 'a receiver';
      const receiver = isBranch(other ?? one) ? (textAt(other ?? one, 'name') ?? name) : name;
      const effect = effectOf({ before: one, after: other });
      const differs = JSON.stringify(one) !== JSON.stringify(other);
      return receiver !== 'null' && (differs || (routed && effect === 'changed'))
        ? [{ part: 'receiver', name: receiver, effect }]
        : [];
    },
  );
}

export function dashboardsOf(change: Change): readonly Touch[] {
  const { type, before, after, release, differences } = change;
  if (type === 'kubernetes_config_map_v1') {
    const [labels] = valuesAt(after ?? before, 'metadata.labels');
    const [data] = valuesAt(after ?? before, 'data');
    return isBranch(labels) && labels.grafana_dashboard !== undefined && isBranch(data)
      ? Object.keys(data).map((file) => ({
          part: 'dashboard',
          name: file.replace(/-dashboard\.json$/, ''),
          effect: effectOf(change),
        }))
      : [];
  }
  const grafana = release?.name === stack && differences.some(({ path }) => path[1] === 'grafana');
  return grafana ? [{ part: 'dashboard', name: 'every dashboard', effect: 'changed' }] : [];
}

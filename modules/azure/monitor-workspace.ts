import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group/index.js';
import { MonitorAlertPrometheusRuleGroup } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group/index.js';
import { MonitorWorkspace as AzureMonitorWorkspace } from '@cdktf/provider-azurerm/lib/monitor-workspace/index.js';
import { Construct } from 'constructs';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { constant, group, render, select, unless } from '../../metrics/promql.ts';
import { jobs } from '../../sources/index.ts';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';
import { WorkloadIdentity, type WorkloadIdentityProps } from './workload-identity.ts';

export interface MonitorWorkspaceProps {
  readonly placement: Placement;
  readonly name: string;
  readonly writer: Omit<WorkloadIdentityProps, 'placement'>;
  /** The Azure alert fires if no sample arrives for this time. ISO 8601 duration, such as `PT15M`. */
  readonly silentAfter: string;
  readonly silentEmail: string;
}

/** Returns 1 while the central Prometheus sends no samples to the workspace. */
const silence = render(unless(constant(1), group(select(targetMetrics.up, { job: jobs.prometheus }))));

/** An Azure Monitor workspace for remote write, and an Azure alert on missing samples. */
export class MonitorWorkspace extends Construct {
  constructor(scope: Construct, id: string, props: MonitorWorkspaceProps) {
    super(scope, id);
    const { placement, name } = props;
    const workspace = new AzureMonitorWorkspace(this, 'workspace', { ...placement, name });
    const writer = new WorkloadIdentity(this, 'writer', { placement, ...props.writer });
    grant(this, 'publish', {
      role: 'Monitoring Metrics Publisher',
      on: workspace.defaultDataCollectionRuleId,
      to: writer.identity.principalId,
    });
    const people = new MonitorActionGroup(this, 'people', {
      name: `${name}-silence`,
      resourceGroupName: placement.resourceGroupName,
      shortName: 'silence',
      emailReceiver: [{ name: 'on-call', emailAddress: props.silentEmail, useCommonAlertSchema: true }],
      tags: placement.tags,
    });
    new MonitorAlertPrometheusRuleGroup(this, 'silence', {
      ...placement,
      name: `${name}-silence`,
      scopes: [workspace.id],
      interval: 'PT1M',
      ruleGroupEnabled: true,
      rule: [
        {
          alert: 'CentralPrometheusSilent',
          expression: silence,
          for: props.silentAfter,
          severity: 1,
          action: [{ actionGroupId: people.id }],
        },
      ],
    });
  }
}

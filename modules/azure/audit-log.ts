import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace/index.js';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

export interface AuditLogProps {
  readonly placement: Placement;
  readonly name: string;
  readonly retentionDays: number;
  /** Each type of resource has its own log categories. */
  readonly sources: Readonly<Record<string, { readonly id: string; readonly categories: readonly string[] }>>;
}

/** Stores the audit logs of Azure resources, such as the cluster and the vault. */
export class AuditLog extends Construct {
  readonly workspace: LogAnalyticsWorkspace;

  constructor(scope: Construct, id: string, props: AuditLogProps) {
    super(scope, id);
    this.workspace = new LogAnalyticsWorkspace(this, 'workspace', {
      ...props.placement,
      name: props.name,
      sku: 'PerGB2018',
      retentionInDays: props.retentionDays,
    });
    for (const [source, { id: targetResourceId, categories }] of Object.entries(props.sources)) {
      new MonitorDiagnosticSetting(this, `audit-${source}`, {
        name: 'audit',
        targetResourceId,
        logAnalyticsWorkspaceId: this.workspace.id,
        enabledLog: categories.map((category) => ({ category })),
      });
    }
  }
}

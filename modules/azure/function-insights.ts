import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';

export interface FunctionInsightsProps {
  readonly placement: Placement;
  readonly name: string;
  readonly workspaceId: string;
}

/** Stores the logs of functions. Only an identity that `admit` allows can send logs. */
export class FunctionInsights extends Construct {
  readonly component: ApplicationInsights;

  constructor(scope: Construct, id: string, props: FunctionInsightsProps) {
    super(scope, id);
    this.component = new ApplicationInsights(this, 'component', {
      ...props.placement,
      name: props.name,
      workspaceId: props.workspaceId,
      applicationType: 'Node.JS',
      localAuthenticationDisabled: true,
    });
  }

  admit(id: string, principalId: string) {
    return grant(this, `publish-${id}`, {
      role: 'Monitoring Metrics Publisher',
      on: this.component.id,
      to: principalId,
    });
  }
}

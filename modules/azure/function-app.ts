import { ResourceGroupTemplateDeployment } from '@cdktf/provider-azurerm/lib/resource-group-template-deployment/index.js';
import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan/index.js';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity/index.js';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { flexConsumptionTemplate } from './flex-consumption-template.ts';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';
import type { PrivateStorage } from './private-storage.ts';

export interface FunctionAppProps {
  readonly placement: Placement;
  /** Name of the app, unique in Azure. The URL is `https://<name>.azurewebsites.net`. */
  readonly name: string;
  readonly storage: PrivateStorage;
  readonly container: string;
  readonly nodeVersion: string;
  readonly instanceMemoryMb: number;
  readonly maximumInstances: number;
  /** Number of instances that always run for HTTP calls. Azure charges even for idle instances. */
  readonly alwaysReady: number;
  /** The subnet must be delegated to `Microsoft.App/environments`. */
  readonly subnetId: string;
  /** IPv4 ranges that may call the app and deploy to it. */
  readonly operatorRanges: readonly string[];
  readonly insights: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Settings from a key vault, as URIs of secrets. A URI without a version means the newest version. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A function app on Flex Consumption. The app logs in to Azure with its identity, without a key. */
export class FunctionApp extends Construct {
  readonly identity: UserAssignedIdentity;

  constructor(scope: Construct, id: string, props: FunctionAppProps) {
    super(scope, id);
    const { placement, name, storage } = props;
    this.identity = new UserAssignedIdentity(this, 'identity', { ...placement, name });
    const ownsBlobs = grant(this, 'blobs', {
      role: 'Storage Blob Data Owner',
      on: storage.account.id,
      to: this.identity.principalId,
    });
    const plan = new ServicePlan(this, 'plan', { ...placement, name, osType: 'Linux', skuName: 'FC1' });

    new ResourceGroupTemplateDeployment(this, 'app', {
      name,
      resourceGroupName: placement.resourceGroupName,
      deploymentMode: 'Incremental',
      templateContent: JSON.stringify(
        flexConsumptionTemplate({
          ...props,
          location: placement.location,
          tags: placement.tags,
          storageAccount: storage.account.nameInput ?? '',
          plan: name,
          identity: name,
        }),
      ),
      parametersContent: Fn.jsonencode({ subnetId: { value: props.subnetId } }),
      tags: placement.tags,
      dependsOn: [
        plan,
        ownsBlobs,
        storage.endpoint,
        ...storage.containers.values(),
        ...(props.dependsOn ?? []),
      ],
    });
  }
}

import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account/index.js';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { ipv4Text, parseCidr } from '../../config/cidr.ts';
import type { Placement } from './placement.ts';
import { type EndpointPlace, PrivateEndpoint } from './private-endpoint.ts';

export interface PrivateStorageProps {
  readonly placement: Placement;
  readonly name: string;
  readonly containers: readonly string[];
  /** Whether copies lie in three zones, or in one. */
  readonly zoneRedundant: boolean;
  /** Ranges from which blobs may be reached with the right role. */
  readonly operatorRanges: readonly string[];
  readonly endpoint: EndpointPlace;
  /**
   * Whether an overwritten blob can be had back; wrong for a store that rewrites its blobs all day.
   * @default true
   */
  readonly versioning?: boolean;
}

/** Blobs by identity alone: no account key works, no container is public, the network is the environment's own. */
export class PrivateStorage extends Construct {
  readonly account: StorageAccount;
  readonly containers: ReadonlyMap<string, StorageContainer>;
  /** What must be there before anything inside the network can read or write. */
  readonly endpoint: ITerraformDependable;

  constructor(scope: Construct, id: string, props: PrivateStorageProps) {
    super(scope, id);
    const { placement, name } = props;
    this.account = new StorageAccount(this, 'account', {
      ...placement,
      name,
      accountTier: 'Standard',
      accountReplicationType: props.zoneRedundant ? 'ZRS' : 'LRS',
      minTlsVersion: 'TLS1_2',
      httpsTrafficOnlyEnabled: true,
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      allowNestedItemsToBePublic: false,
      crossTenantReplicationEnabled: false,
      localUserEnabled: false,
      blobProperties: {
        versioningEnabled: props.versioning ?? true,
        deleteRetentionPolicy: { days: 7 },
        containerDeleteRetentionPolicy: { days: 7 },
      },
      networkRules: {
        defaultAction: 'Deny',
        bypass: ['AzureServices'],
        ipRules: ranges(props.operatorRanges),
      },
    });
    this.containers = new Map(
      props.containers.map((container) => [
        container,
        new StorageContainer(this, `container-${container}`, {
          name: container,
          storageAccountId: this.account.id,
          containerAccessType: 'private',
        }),
      ]),
    );
    this.endpoint = new PrivateEndpoint(this, 'private', {
      placement,
      name,
      target: this.account.id,
      serves: 'blob',
      ...props.endpoint,
    }).endpoint;
  }
}

/** A storage account's firewall refuses /31 and /32 and accepts their addresses without a prefix instead. */
function ranges(cidrs: readonly string[]): string[] {
  return cidrs.flatMap((text) => {
    const range = parseCidr(text);
    if (range === undefined || range.prefix < 31) return [text];
    return [...new Set([range.first, range.last])].map(ipv4Text);
  });
}

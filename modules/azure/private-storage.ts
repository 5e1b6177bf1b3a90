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
  /** True: Azure stores copies of the data in three zones. False: all copies are in one zone. */
  readonly zoneRedundant: boolean;
  /** IPv4 ranges of clients that may connect. A client also needs a role for the blobs. */
  readonly operatorRanges: readonly string[];
  readonly endpoint: EndpointPlace;
  /**
   * Whether Azure keeps the old version of a changed blob.
   * @default true
   */
  readonly versioning?: boolean;
}

/** Blob storage without account keys. Only allowed networks and trusted Azure services can connect. */
export class PrivateStorage extends Construct {
  readonly account: StorageAccount;
  readonly containers: ReadonlyMap<string, StorageContainer>;
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

/** The firewall of a storage account rejects /31 and /32 ranges, but accepts single addresses. */
function ranges(cidrs: readonly string[]): string[] {
  return cidrs.flatMap((text) => {
    const range = parseCidr(text);
    if (range === undefined || range.prefix < 31) return [text];
    return [...new Set([range.first, range.last])].map(ipv4Text);
  });
}

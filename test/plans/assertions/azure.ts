import type { Environment } from '../../../config/environment.ts';
import type { AzurePlatform } from '../../../platforms/azure/values.ts';
import type { Assertion } from './assertion.ts';
import { elements, is } from './assertion.ts';

export function isAzure(environment: Environment): environment is Environment<AzurePlatform> {
  return environment.platform.kind === 'azure';
}

/** No stack has a public IP address, because no setting of an environment asks for such an address. */
export const noPublicAddress: Assertion = {
  statement: 'No resource is a public address',
  none: { type: 'azurerm_public_ip' },
};

export function privateStorage(name: string, operatorRanges: readonly string[]): readonly Assertion[] {
  return [
    {
      statement: `The storage account ${name} has no keys, and denies public access`,
      of: { type: 'azurerm_storage_account', where: { name } },
      attributes: {
        shared_access_key_enabled: is(false),
        allow_nested_items_to_be_public: is(false),
        min_tls_version: is('TLS1_2'),
        https_traffic_only_enabled: is(true),
        'network_rules[0].default_action': is('Deny'),
        'network_rules[0].ip_rules': elements(operatorRanges),
      },
    },
    {
      statement: `The storage account ${name} has a private endpoint`,
      of: { type: 'azurerm_private_endpoint', where: { name } },
      afterApply: {
        'private_service_connection[0].private_connection_resource_id': {
          sameAs: { type: 'azurerm_storage_account', where: { name } },
          attribute: 'id',
        },
      },
    },
  ];
}

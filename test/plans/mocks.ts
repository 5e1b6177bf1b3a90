import type { StackJson } from '../stacks/synthesis.ts';

/**
 * Providers that run for real. Terraform cannot mock ephemeral resources, and the provider `random` calculates without a
 * network.
 */
const real = ['random'];

type Values = Readonly<Record<string, unknown>>;

const objectId = '11111111-1111-4111-8111-111111111111';
const otherObjectId = '22222222-2222-4222-8222-222222222222';

/** A CA certificate in base64. Nothing reads its content. */
const certificate = Buffer.from('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n').toString('base64');

/**
 * Computed values that a mock cannot invent. A mock leaves a computed list empty, therefore Terraform cannot read its
 * first element (https://github.com/hashicorp/terraform-provider-azurerm/issues/25691). A mock also fills an id with
 * random characters, and the provider rejects such an id as an argument of another resource.
 */
const resourceValues: Readonly<Record<string, (name: string) => Values>> = {
  azurerm_kubernetes_cluster: (name) => ({
    id: azureId('Microsoft.ContainerService/managedClusters', name),
    kubelet_identity: [
      {
        client_id: otherObjectId,
        object_id: objectId,
        user_assigned_identity_id: azureId('Microsoft.ManagedIdentity/userAssignedIdentities', `${name}-agentpool`),
      },
    ],
    oidc_issuer_url: 'https://oidc.example.com/issuer/',
  }),
};

/** Values of data sources, which describe resources of other stacks. */
const dataValues: Readonly<Record<string, (name: string) => Values>> = {
  azurerm_kubernetes_cluster: (name) => ({
    kube_config: [{ host: `https://${name}.example.com:443`, cluster_ca_certificate: certificate }],
  }),
};

/** An id as Azure writes it. */
export function azureId(type: string, name: string): string {
  return `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/mocked/providers/${type}/${name}`;
}

interface Override {
  readonly target: string;
  readonly values: Values;
}

export interface Mocks {
  readonly mock_provider: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
  readonly override_resource: readonly Override[];
  readonly override_data: readonly Override[];
}

/** The mocks of a stack: each provider configuration, and the values that a mock cannot invent. */
export function mocksOf({ provider, resource, data = {} }: StackJson): Mocks {
  return {
    mock_provider: Object.fromEntries(
      Object.entries(provider)
        .filter(([name]) => !real.includes(name))
        .map(([name, configurations]) => [
          name,
          configurations.map(({ alias }) => (typeof alias === 'string' ? { alias } : {})),
        ]),
    ),
    override_resource: overrides(resource, resourceValues, ''),
    override_data: overrides(data, dataValues, 'data.'),
  };
}

function overrides(
  blocks: StackJson['resource'],
  values: Readonly<Record<string, (name: string) => Values>>,
  prefix: string,
): readonly Override[] {
  return Object.entries(blocks).flatMap(([type, byName]) => {
    const valuesOf = values[type];
    if (!valuesOf) return [];
    return Object.entries(byName).map(([key, block]) => ({
      target: `${prefix}${type}.${key}`,
      values: valuesOf(typeof block.name === 'string' ? block.name : key),
    }));
  });
}

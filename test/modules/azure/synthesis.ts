import { TerraformStack, Testing } from 'cdktf';
import { azurermProvider } from '../../../modules/azure/azurerm-provider.ts';
import type { Placement } from '../../../modules/azure/placement.ts';

export const placement: Placement = {
  resourceGroupName: 'group',
  location: 'westeurope',
  tags: { environment: 'test' },
};

export const ids = {
  subscriptionId: '00000000-0000-0000-0000-000000000001',
  tenantId: '00000000-0000-0000-0000-000000000002',
  group: '00000000-0000-0000-0000-000000000003',
} as const;

// biome-ignore lint/suspicious/noExplicitAny: synthesized blocks have no common type
type Block = any;

export type Blocks = (type: string, kind?: 'resource' | 'data' | 'provider') => Block[];

export function synthesize(build: (stack: TerraformStack) => unknown): Blocks {
  const stack = new TerraformStack(Testing.app(), 'test');
  azurermProvider(stack, 'azurerm', ids);
  build(stack);
  const json = JSON.parse(Testing.synth(stack));
  return (type, kind = 'resource') => Object.values(json[kind]?.[type] ?? {});
}

/** Role assignments as text: identity, role and resource. */
export function roles(blocks: Blocks): string[] {
  return blocks('azurerm_role_assignment')
    .map((block) => `${block.principal_id}: ${block.role_definition_name} on ${block.scope}`)
    .sort();
}

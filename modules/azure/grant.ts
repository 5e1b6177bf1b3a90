import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment/index.js';
import type { Construct } from 'constructs';

export interface GrantProps {
  /** Built-in role, by its name in Azure. */
  readonly role: string;
  /** Identifier of the resource that the role is limited to. */
  readonly on: string;
  /** Object identifier of who receives it. */
  readonly to: string;
  /** @default 'ServicePrincipal', which a managed identity is */
  readonly principalType?: 'ServicePrincipal' | 'Group';
}

/** A role on one resource. A managed identity may be younger than Entra's copies of it, so it is not looked up first. */
export function grant(scope: Construct, id: string, props: GrantProps): RoleAssignment {
  const principalType = props.principalType ?? 'ServicePrincipal';
  return new RoleAssignment(scope, id, {
    scope: props.on,
    roleDefinitionName: props.role,
    principalId: props.to,
    principalType,
    ...(principalType === 'ServicePrincipal' && { skipServicePrincipalAadCheck: true }),
  });
}

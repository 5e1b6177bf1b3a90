import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment/index.js';
import type { Construct } from 'constructs';

export interface GrantProps {
  /** Name of a built-in Azure role. */
  readonly role: string;
  /** Id of the resource to which the role gives access. */
  readonly on: string;
  /** Object id of the identity or group that receives the role. */
  readonly to: string;
  /**
   * Type of `to`.
   * @default 'ServicePrincipal', the type of a managed identity
   */
  readonly principalType?: 'ServicePrincipal' | 'Group';
}

/**
 * Assigns a role on a resource. Azure must not look for the identity, because Entra replicates a new identity with a
 * delay.
 */
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

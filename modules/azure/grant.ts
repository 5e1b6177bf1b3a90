import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment/index.js';
import type { Construct } from 'constructs';

export interface GrantProps {
  /** Name of a built-in Azure role. */
  readonly role: string;
  /** Id of the resource to which the role applies. */
  readonly on: string;
  /** Object id of the identity or group that gets the role. */
  readonly to: string;
  /**
   * Type of `to`.
   * @default 'ServicePrincipal', the type of a managed identity
   */
  readonly principalType?: 'ServicePrincipal' | 'Group';
}

/**
 * Assigns a role on a resource. Entra replicates a new managed identity with a delay, therefore Azure must not search
 * for the identity first.
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

import { z } from 'zod';

/**
 * Azure name rules: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.
 * The Terraform provider finds most mistakes only at apply.
 */

export const named = (pattern: RegExp, expected: string) =>
  z.string().regex(pattern, { message: `expected ${expected}` });

export const storageAccountName = named(
  /^[a-z0-9]{3,24}$/,
  '3 to 24 lower-case letters and digits: the name of a storage account is unique worldwide',
);

export const resourceGroupName = named(
  /^[\w().-]{0,89}[\w()-]$/,
  'at most 90 letters, digits, and _ ( ) . - without a final dot',
);

/** Azure uses the first 32 characters as host ID. Apps on one storage account need different IDs. */
export const functionAppName = named(
  /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/,
  '2 to 32 lower-case letters, digits and inner hyphens: the name of a function app is unique worldwide',
);

export const aksName = named(
  /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/,
  'at most 54 letters, digits and inner hyphens',
);

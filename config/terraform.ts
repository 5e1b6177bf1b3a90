/**
 * Accepted versions of the Terraform providers. The TypeScript bindings come from one release of each provider. Later
 * minor and patch releases need no new bindings, but the next major version has a different schema.
 */
export const providerVersions: Readonly<Record<string, string>> = {
  azurerm: '~> 4.55',
  helm: '~> 3.1',
  kubernetes: '~> 2.38',
};

/** Accepted Terraform versions. Version 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

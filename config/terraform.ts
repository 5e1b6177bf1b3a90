/**
 * Accepted versions of the Terraform providers. The TypeScript bindings are generated from one version of each
 * provider. A later minor or patch version works with the same bindings, but the next major version has a different
 * schema.
 */
export const providerVersions: Readonly<Record<string, string>> = {
  azurerm: '~> 4.55',
  helm: '~> 3.1',
  kubernetes: '~> 2.38',
};

/** Accepted Terraform versions. Version 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

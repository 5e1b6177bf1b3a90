/**
 * Versions of the Terraform providers that the stacks accept. The TypeScript bindings are generated from one release of
 * a provider. The version range also allows later patch releases, because they need no new bindings. The next major
 * version has a different schema and therefore needs new bindings.
 */
export const providerVersions: Readonly<Record<string, string>> = {
  azurerm: '~> 4.55',
  helm: '~> 3.1',
  kubernetes: '~> 2.38',
};

/**
 * Accepted versions of Terraform. Version 1.11 introduced write-only arguments, which keep secrets out of the state.
 */
export const terraformVersion = '>= 1.11.0';

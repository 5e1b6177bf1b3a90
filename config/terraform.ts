/**
 * Provider versions that the stacks accept. The bindings are generated from one release; the range allows patch
 * releases without new bindings. The next major version has another schema and needs new bindings first.
 */
export const providerVersions: Readonly<Record<string, string>> = {
  azurerm: '~> 4.55',
  helm: '~> 3.1',
  kubernetes: '~> 2.38',
};

/** Terraform 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

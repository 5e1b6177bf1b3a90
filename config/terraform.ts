/**
 * Versions that the stacks accept. The bindings pin one release each; a range lets a deployment take fixes without
 * waiting for new bindings. The next major is another schema, so it needs new bindings first.
 */
export const providerVersions: Readonly<Record<string, string>> = {
  azurerm: '~> 4.55',
  helm: '~> 3.1',
  kubernetes: '~> 2.38',
};

/** Write-only arguments, which keep secrets out of the state, came with 1.11. */
export const terraformVersion = '>= 1.11.0';

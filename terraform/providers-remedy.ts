const noProviders =
  /failed to query available provider packages|failed to install provider|failed to resolve provider packages|could not retrieve the list of available versions/i;

/** Whether Terraform failed because it cannot download a provider, and not because of the stack. */
export const isWithoutProviders = (errors: string): boolean => noProviders.test(errors);

export const providersRemedy =
  'Terraform downloads the providers from registry.terraform.io, or from the mirror in its CLI configuration. Give this machine access to the registry, or set TF_CLI_CONFIG_FILE to a configuration with a mirror (docs/closed-networks.md). The mirror needs the versions in config/terraform.ts.';

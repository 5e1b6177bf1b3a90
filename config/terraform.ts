/**
 * Exact versions, because a plan must not change without a commit. The TypeScript bindings come from the same minor
 * versions. `npm run lock:providers` writes the checksums of the provider packages.
 */
export const providerVersions = {
  azurerm: '4.55.0',
  helm: '3.1.2',
  kubernetes: '2.38.0',
  random: '3.7.2',
} as const;

/** Version 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

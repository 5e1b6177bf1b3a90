/**
 * Exact versions, because a plan must not change without a commit. The TypeScript bindings have the same minor
 * versions. After a change of a version, run `npm run lock:providers`.
 */
export const providerVersions = {
  azurerm: '4.55.0',
  helm: '3.1.2',
  kubernetes: '2.38.0',
  random: '3.7.2',
} as const;

/** Version 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

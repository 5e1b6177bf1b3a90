/** Exact versions keep plans stable. After a change of a version, run `npm run lock:providers`. */
export const providerVersions = {
  azurerm: '4.55.0',
  helm: '3.1.2',
  kubernetes: '2.38.0',
  random: '3.7.2',
} as const;

/** Version 1.11 introduced write-only arguments, which keep secrets out of the state. */
export const terraformVersion = '>= 1.11.0';

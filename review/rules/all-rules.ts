import { azureDataRules } from './data-azure.ts';
import { retentionRules } from './data-retention.ts';
import { volumeRules } from './data-volumes.ts';
import { downtimeRules } from './downtime.ts';
import { accessRules } from './exposure-access.ts';
import { addressRules } from './exposure-address.ts';
import { networkRules } from './exposure-network.ts';
import { alertingRules } from './monitoring-alerts.ts';
import { scrapeRules } from './monitoring-scrapes.ts';
import { defaultRules, harmlessRules } from './no-harm.ts';
import { rightsRules } from './rights.ts';
import { azureRightsRules } from './rights-azure.ts';
import type { Rule } from './rule.ts';
import { versionRules } from './versions.ts';

export const rules: readonly Rule[] = [
  ...volumeRules,
  ...retentionRules,
  ...azureDataRules,
  ...networkRules,
  ...accessRules,
  ...addressRules,
  ...rightsRules,
  ...azureRightsRules,
  ...alertingRules,
  ...scrapeRules,
  ...downtimeRules,
  ...versionRules,
  ...harmlessRules,
  ...defaultRules,
];

export { unknownDifference } from './no-harm.ts';

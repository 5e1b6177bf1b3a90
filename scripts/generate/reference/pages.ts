import type { Generated } from '../region.ts';
import { alertReference } from './alerts.ts';
import { commandReference } from './commands.ts';
import { compatibilityReference } from './compatibility.ts';
import { effectiveAlertReference } from './effective-alerts.ts';
import { environmentReference } from './environments.ts';
import { functionReference } from './functions.ts';
import { metricReference } from './metrics.ts';
import { consoleApiReference, openApiReference } from './openapi.ts';
import { planRuleReference } from './plan-rules.ts';

export const reference: readonly Generated[] = [
  environmentReference,
  functionReference,
  metricReference,
  alertReference,
  planRuleReference,
  effectiveAlertReference,
  commandReference,
  openApiReference,
  consoleApiReference,
  compatibilityReference,
];

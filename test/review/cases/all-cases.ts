import type { RuleCases } from './case.ts';
import { dataCases } from './data.ts';
import { exposureCases } from './exposure.ts';
import { monitoringCases } from './monitoring.ts';
import { operationsCases } from './operations.ts';
import { rightsCases } from './rights.ts';

/** Every rule of the review, with a plan to which it applies and a plan to which it does not apply. */
export const ruleCases: RuleCases = {
  ...dataCases,
  ...exposureCases,
  ...rightsCases,
  ...monitoringCases,
  ...operationsCases,
};

import type { RuleCases } from './case.ts';
import { dataCases } from './data.ts';
import { exposureCases } from './exposure.ts';
import { monitoringCases } from './monitoring.ts';
import { operationsCases } from './operations.ts';
import { rightsCases } from './rights.ts';

export const ruleCases: RuleCases = {
  ...dataCases,
  ...exposureCases,
  ...rightsCases,
  ...monitoringCases,
  ...operationsCases,
};

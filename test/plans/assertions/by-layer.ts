import type { Layer } from '../../../platforms/environment-stack.ts';
import type { AssertionsOf } from './assertion.ts';
import { federationAssertions } from './federation.ts';
import { functionsAssertions } from './functions.ts';
import { monitoringAssertions } from './monitoring.ts';
import { platformAssertions } from './platform.ts';
import { workloadsAssertions } from './workloads.ts';

export const assertionsByLayer: Readonly<Record<Layer, AssertionsOf>> = {
  platform: platformAssertions,
  monitoring: monitoringAssertions,
  workloads: workloadsAssertions,
  federation: federationAssertions,
  functions: functionsAssertions,
};

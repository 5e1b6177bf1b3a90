import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';

/** Recorded plans of `local` (test/review/plans/README.md), each with its stack. */
export const recordedPlans = {
  'create-local-monitoring': 'local-monitoring',
  'create-local-workloads': 'local-workloads',
  'create-local-federation': 'local-federation',
  'no-changes-local-workloads': 'local-workloads',
  'alert-threshold-changed': 'local-monitoring',
  'retention-cut-10d-to-3d': 'local-monitoring',
  'prometheus-volume-grown-10Gi-to-20Gi': 'local-monitoring',
  'prometheus-volume-shrunk-10Gi-to-8Gi': 'local-monitoring',
  'engine-prometheus-to-thanos-monitoring': 'local-monitoring',
  'engine-prometheus-to-thanos-federation': 'local-federation',
  'edge-added': 'local-federation',
  'edge-labels-changed': 'local-federation',
  'edge-removed-monitoring': 'local-monitoring',
  'edge-removed-destroy-local-federation': 'local-federation',
  'functions-image-tag': 'local-workloads',
  'nats-replicas-1-to-3': 'local-workloads',
  'nats-volume-grown-1Gi-to-2Gi': 'local-workloads',
} as const;

export type RecordedPlan = keyof typeof recordedPlans;

export function recordedText(name: RecordedPlan): string {
  return gunzipSync(readFileSync(join(import.meta.dirname, 'plans', `${name}.json.gz`))).toString();
}

export function recorded(name: RecordedPlan): Plan {
  return parsePlan(recordedText(name), { stack: recordedPlans[name], path: `${name}.json` });
}

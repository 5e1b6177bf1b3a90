import type { Drift } from './drift.ts';

/** Version of the shape of the JSON report. The version increases when a field is removed or renamed. */
const jsonVersion = 1;

/** The drift as JSON, with every difference. Sensitive values are replaced by a text. */
export function jsonReport({ manifests: _, ...drift }: Drift): string {
  return `${JSON.stringify({ version: jsonVersion, drifted: drift.findings.length > 0, ...drift }, undefined, 2)}\n`;
}

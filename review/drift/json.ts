import { jsonWithoutCommands } from '../report/escape.ts';
import type { Drift } from './drift.ts';

/** Version of the shape of the JSON report. The version increases when a field is removed or renamed. */
const jsonVersion = 1;

/** The drift as JSON, with every difference. Sensitive values are replaced by a text. */
export function jsonReport({ manifests: _, ...drift }: Drift): string {
  const report = { version: jsonVersion, drifted: drift.findings.length > 0, ...drift };
  return jsonWithoutCommands(`${JSON.stringify(report, undefined, 2)}\n`);
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StackJson } from '../stacks/synthesis.ts';

interface TestPlan {
  readonly plan_format_version: string;
  readonly resource_changes?: readonly unknown[];
  readonly output_changes?: unknown;
}

/** Converts the plan of `terraform test -verbose` into the form of `terraform show -json`. */
export function convertedPlan(plan: unknown, terraform: string, json: StackJson): string {
  const {
    plan_format_version: version,
    resource_changes: changes,
    output_changes: outputs,
  } = plan as TestPlan;
  const converted = {
    format_version: version,
    terraform_version: terraform,
    resource_changes: changes ?? [],
    ...(outputs !== undefined && { output_changes: outputs }),
    // The plan of `terraform test` does not contain the references between resources.
    configuration: configurationOf(json),
    complete: true,
    errored: false,
  };
  return `${JSON.stringify(converted)}\n`;
}

export function configurationOf(json: Pick<StackJson, 'resource'>) {
  const resources = Object.entries(json.resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]) => ({
      address: `${type}.${name}`,
      expressions: Object.fromEntries(
        Object.entries(block).flatMap(([key, value]) => {
          const [, found] = typeof value === 'string' ? (/^\$\{([^}]+)\}$/.exec(value) ?? []) : [];
          return found ? [[key, { references: [found] }]] : [];
        }),
      ),
    })),
  );
  return { root_module: { resources } };
}

export function writeRecording(folder: string, stack: string, text: string): void {
  // Equal plans give equal files, because Node.js writes no time into the header of gzip.
  writeFileSync(join(folder, `${stack}.json.gz`), gzipSync(text, { level: 9 }));
}

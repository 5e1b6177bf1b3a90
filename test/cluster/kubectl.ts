import { execa } from 'execa';
import * as z from 'zod';
import { readSettings } from '../../settings/read-settings.ts';

const deadlineMs = 60_000;

/**
 * The cluster to try things on. Named on purpose, never the current context: these tests make and delete namespaces.
 * @throws Error that says how to name it
 */
export function contextUnderTest(): string {
  return readSettings(
    {
      CLUSTER_CONTEXT: {
        schema: z.string(),
        expected: 'the kubeconfig context of a cluster for trying things on',
        remedy: '`kubectl config get-contexts -o name` lists them',
      },
    },
    process.env,
  ).CLUSTER_CONTEXT;
}

/** @returns what kubectl printed. @throws Error with its own words, when it fails or takes longer than a minute */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const { stdout } = await execa('kubectl', ['--context', contextUnderTest(), ...args], {
    timeout: deadlineMs,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
  return stdout;
}

export function apply(items: readonly object[], ...options: readonly string[]): Promise<string> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  return kubectl(['apply', '--validate=strict', ...options, '--filename', '-'], list);
}

import { execa } from 'execa';
import * as z from 'zod';
import { readSettings } from '../../settings/read-settings.ts';

const deadlineMs = 60_000;

/** The kubeconfig context has no default, because the tests delete namespaces in the cluster. */
export function contextUnderTest(): string {
  return readSettings(
    {
      CLUSTER_CONTEXT: {
        schema: z.string(),
        expected: 'the kubeconfig context of a test cluster',
        remedy: '`kubectl config get-contexts -o name` lists them',
      },
    },
    process.env,
  ).CLUSTER_CONTEXT;
}

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

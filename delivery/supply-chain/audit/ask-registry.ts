import { dirname } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';
import { CouldNotRun } from '../../could-not-run.ts';
import type { Lock } from '../lock/read-lock.ts';
import type { Finding } from './advisory.ts';

/** The fields of `npm audit --json` that this file reads. */
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          // Name of a vulnerable dependency. The dependency has its own entry in `vulnerabilities`.
          z.string(),
          z.object({
            source: z.union([z.number(), z.string()]),
            title: z.string(),
            url: z.string(),
            severity: z.string(),
            range: z.string(),
          }),
        ]),
      ),
      nodes: z.array(z.string()),
    }),
  ),
});
const failureSchema = z.object({
  message: z.string().optional(),
  error: z.object({ code: z.string().nullish(), summary: z.string().optional() }).optional(),
});

/**
 * Runs `npm audit` with the npm settings of the user.
 * @param timeout milliseconds
 * @throws CouldNotRun
 */
export async function askRegistry(lock: Lock, timeout: number): Promise<readonly Finding[]> {
  const args = [
    'audit',
    '--json',
    '--package-lock-only',
    '--ignore-scripts',
    '--fetch-retries=0',
    '--audit=true',
  ];
  const { stdout, stderr, timedOut, failed, exitCode } = await execa('npm', args, {
    cwd: dirname(lock.file),
    reject: false,
    timeout,
  });
  if (timedOut) throw couldNotAsk(`the registry did not answer within ${timeout / 1000} s`);
  const parsed = json(stdout);
  const report = reportSchema.safeParse(parsed);
  if (report.success) return findingsOf(lock, report.data);
  const { message, error } = failureSchema.safeParse(parsed).data ?? {};
  const npmError = stderr?.split('\n').find((line) => line.startsWith('npm error'));
  const reason = message || error?.summary || error?.code || npmError;
  throw couldNotAsk(
    reason ?? `npm audit printed no report${failed && exitCode ? ` (exit code ${exitCode})` : ''}`,
  );
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const couldNotAsk = (why: string) =>
  new CouldNotRun(
    `Could not ask the registry for advisories: ${why}. No package was checked against advisories. Connect to the registry, or name an export of advisories with --advisories (docs/supply-chain.md).`,
  );

function findingsOf(lock: Lock, { vulnerabilities }: z.infer<typeof reportSchema>): readonly Finding[] {
  return Object.entries(vulnerabilities).flatMap(([name, { via, nodes }]) => {
    const found = nodes.flatMap((path) => lock.packages.get(path) ?? []);
    return via.flatMap((advisory): readonly Finding[] => {
      if (typeof advisory === 'string') return [];
      const { source, title, url, severity, range } = advisory;
      return [
        {
          advisory: {
            id: /GHSA-[\w-]+/.exec(url)?.[0] ?? String(source),
            aliases: [String(source)],
            severity,
            title,
            url,
            ranges: [range],
          },
          package: name,
          versions: [...new Set(found.map(({ version }) => version))],
          uses: [...new Set(found.map(({ development }) => (development ? 'development' : 'production')))],
        },
      ];
    });
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { type Check, type Finding, fail, type System } from './check.ts';
import { alertmanager } from './checks/alertmanager.ts';
import { grafana } from './checks/grafana.ts';
import { pushGroups } from './checks/push-groups.ts';
import { queries } from './checks/queries.ts';
import { remoteWrite } from './checks/remote-write.ts';
import { rules } from './checks/rules.ts';
import { targets } from './checks/targets.ts';

const checks: Readonly<Record<string, Check>> = {
  targets,
  queries,
  rules,
  Alertmanager: alertmanager,
  'remote write': remoteWrite,
  Pushgateway: pushGroups,
  Grafana: grafana,
};

/** A check that throws an error becomes a failed finding. */
export async function verify(system: System): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    Object.entries(checks).map(([name, check]) =>
      check(system).catch((error) => [fail(name, error instanceof Error ? error.message : String(error))]),
    ),
  );
  return findings.flat();
}

/** Repeats the checks until no check fails or waits, or until the timeout. Returns the last findings. */
export async function verifyWithin(
  system: System,
  timeoutMs: number,
  pollMs = 500,
): Promise<readonly Finding[]> {
  const deadline = Date.now() + timeoutMs;
  let findings = await verify(system);
  while (exitCodeOf(findings) !== exitCodes.sound && Date.now() < deadline) {
    await delay(pollMs);
    findings = await verify(system);
  }
  return findings;
}

/** Exit codes of `npm run verify`. The library commander also uses 1, for a wrong command line. */
export const exitCodes = { sound: 0, failing: 1, waiting: 3 } as const;

/** The exit code of a failed check has priority over the exit code of a waiting check. */
export function exitCodeOf(findings: readonly Finding[]): number {
  if (!isSound(findings)) return exitCodes.failing;
  return findings.some((f) => f.verdict === 'wait') ? exitCodes.waiting : exitCodes.sound;
}

export function isSound(findings: readonly Finding[]): boolean {
  return findings.every((f) => f.verdict !== 'fail');
}

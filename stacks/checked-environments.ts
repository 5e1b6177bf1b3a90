import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, Token } from 'cdktf';
import { releaseNames } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { extraValueSetting, pathText } from '../config/extra-values.ts';
import { type Problem, problem } from '../config/rule.ts';
import { ChartRelease } from '../modules/kubernetes/chart-release.ts';
import type { Contradiction } from '../modules/kubernetes/extra-values.ts';
import { checkEnvironments } from '../platforms/check-environments.ts';
import type { EnvironmentValues } from '../platforms/environment.ts';
import { controllingSettings } from './controlling-settings.ts';
import { createStacks } from './create-stacks.ts';

/**
 * Checks environments. The check of `extraValues` creates the stacks in memory.
 * @throws EnvironmentError with all problems
 */
export async function checkedEnvironments(
  values: readonly EnvironmentValues[],
): Promise<readonly Environment[]> {
  const found = await Promise.all(values.map((value) => extraValueProblems(value as Environment)));
  return checkEnvironments(values, found.flat());
}

async function extraValueProblems(environment: Environment): Promise<Problem[]> {
  const extra = environment?.charts?.extraValues;
  if (!extra || Object.keys(extra).length === 0) return [];
  const found = await releasesOf(environment);
  if (!found) return [];
  const named = (setting: string, message: string) => problem(`${environment.name}.${setting}`, message);
  const known = Object.keys(extra).filter((name) => releaseNames.some((release) => release === name));
  const unused = known
    .filter((name) => !found.some(({ releaseName }) => releaseName === name))
    .map((name) =>
      named(
        extraValueSetting(name, []),
        'has no effect, because this environment does not install the release; remove the values',
      ),
    );
  const refused = found.flatMap((release) =>
    release.contradictions.map((contradiction) =>
      named(extraValueSetting(release.releaseName, contradiction.path), refusal(release, contradiction)),
    ),
  );
  const first = refused.filter(
    ({ setting }, index) => refused.findIndex((other) => other.setting === setting) === index,
  );
  return [...unused, ...first];
}

/** @returns undefined if the creation of the stacks fails */
async function releasesOf(environment: Environment): Promise<readonly ChartRelease[] | undefined> {
  const outdir = mkdtempSync(join(tmpdir(), 'extra-values-'));
  try {
    const app = new App({ stackTraces: false, outdir });
    await createStacks(app, environment);
    return app.node.findAll().filter((construct) => construct instanceof ChartRelease);
  } catch {
    // The error is reported later, by `checkEnvironments` or by the call of `createStacks` in `main.ts`.
    return undefined;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function refusal(release: ChartRelease, { path, own, extra }: Contradiction): string {
  const { releaseName: name } = release;
  const value = pathText(path);
  const settings = controllingSettings(name, value);
  const where = `${value} of the release ${name} in ${TerraformStack.of(release).node.id}`;
  const remedy =
    settings.length > 0
      ? `${settings.join(' or ')} controls that value; change the setting and remove the key`
      : 'the platform fixes that value; remove the key';
  return `${shown(extra)} contradicts ${where}, which is ${shown(own)}; ${remedy}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  return Token.isUnresolved(value) ? 'known after apply' : JSON.stringify(value);
}

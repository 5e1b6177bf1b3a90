import { InvalidArgumentError } from 'commander';
import type { Environment } from '../config/environment.ts';
import * as environments from '../config/environments/index.ts';
import { problem } from '../config/rule.ts';
import type { LaptopEngine } from '../config/topology.ts';
import { checkEnvironments, EnvironmentError } from '../platforms/check-environments.ts';
import type { System } from './check.ts';
import { clusterSystem } from './cluster.ts';
import { laptopSystem, runningEngine } from './laptop.ts';

export const laptop = 'laptop';

export const systemNames = [laptop, ...Object.keys(environments)];

/** @throws InvalidArgumentError with the possible names */
export function systemName(name: string): string {
  if (!systemNames.includes(name)) {
    throw new InvalidArgumentError(`Expected one of ${systemNames.join(', ')}.`);
  }
  return name;
}

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new InvalidArgumentError('Expected a whole number with at most 5 digits, such as 10000.');
  return Number(text);
}

/**
 * Connects to the laptop pipeline or to a central cluster.
 * @throws EnvironmentError, KubectlError
 */
export async function openSystem(
  name: string,
  { portOffset, engine }: { readonly portOffset: number; readonly engine?: LaptopEngine },
): Promise<System & { close?(): Promise<void> }> {
  if (name === laptop) return laptopSystem(portOffset, engine ?? (await runningEngine(portOffset)));
  return clusterSystem(environmentNamed(name));
}

/** @throws EnvironmentError if the environment is unknown, or if any environment has wrong values */
export function environmentNamed(name: string): Environment {
  const environment = checkEnvironments(Object.values(environments)).find((e) => e.name === name);
  if (environment) return environment;
  const names = Object.values(environments).map((e) => e.name);
  throw new EnvironmentError([
    problem(
      'config/environments/index.ts',
      `no environment has the name ${name}; use one of ${names.join(', ')}, or add ${name}`,
    ),
  ]);
}

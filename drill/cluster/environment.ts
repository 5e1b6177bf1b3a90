import type { Environment } from '../../config/environment.ts';
import * as environments from '../../config/environments/index.ts';
import { checkEnvironments, EnvironmentError } from '../../platforms/check-environments.ts';
import { CouldNotRun } from '../target.ts';

/**
 * The checked environment with a name.
 * @throws CouldNotRun if the environment does not exist, or if its values are wrong
 */
export function environmentNamed(name: string): Environment {
  try {
    const found = checkEnvironments(Object.values(environments)).find((one) => one.name === name);
    if (found) return found;
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CouldNotRun(error.message);
    throw error;
  }
  throw new CouldNotRun(`config/environments/index.ts exports no environment with the name ${name}.`);
}

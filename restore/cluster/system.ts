import type { Environment } from '../../config/environment.ts';
import { CouldNotRun } from '../../drill/target.ts';
import type { RestoreSystem } from '../store.ts';
export async function clusterRestore(
  environment: Environment,
  _options: { readonly signal: AbortSignal; readonly say: (sentence: string) => void },
): Promise<RestoreSystem> {
  throw new CouldNotRun(`${environment.name}`);
}

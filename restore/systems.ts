import { runFolder } from '../demo/data-folders.ts';
import { startOwnPipeline } from '../drill/laptop/own-pipeline.ts';
import { CouldNotRun, type TargetAddress } from '../drill/target.ts';
import { environmentToDrill } from '../drill/targets.ts';
import { laptop } from '../verify/open-system.ts';
import { laptopRestore } from './laptop/system.ts';
import type { RestoreSystem } from './store.ts';

export interface OpenOptions {
  readonly root: string;
  /** Port offset of a running laptop pipeline. @default the drill starts a pipeline of its own */
  readonly portOffset: number | undefined;
  readonly restoresOnly?: boolean;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

export interface OpenedSystem {
  readonly system: RestoreSystem;
  readonly address: TargetAddress;
}

export type OpenSystem = (name: string, options: OpenOptions) => Promise<OpenedSystem>;

/**
 * Opens an environment or the laptop pipeline by its name.
 * @throws CouldNotRun
 */
export const openRestoreSystem: OpenSystem = async (
  name,
  { root, portOffset, restoresOnly = false, signal, say },
) => {
  if (name !== laptop) {
    if (portOffset !== undefined)
      throw new CouldNotRun(
        `${name} has no port offset, because only the laptop pipeline has a port offset. Run the drill of ${name} without --port-offset.`,
      );
    const { clusterRestore } = await import('./cluster/system.ts');
    return {
      system: await clusterRestore(environmentToDrill(name), { signal, say }),
      address: { target: name, portOffset: 0 },
    };
  }
  // The backup of Prometheus needs the admin API.
  const own =
    portOffset === undefined ? await startOwnPipeline(root, signal, say, ['--admin-api']) : undefined;
  const address = { target: name, portOffset: own?.portOffset ?? portOffset ?? 0 };
  const system = await laptopRestore({
    portOffset: address.portOffset,
    folder: runFolder(root, address.portOffset),
    asks: own === undefined,
    restoresOnly,
    signal,
    close: async () => own?.stop(),
  }).catch(async (error) => {
    await own?.stop();
    throw error;
  });
  return { system, address };
};

import type { Environment } from '../config/environment.ts';
import { faultsOf } from '../demo/faults/list.ts';
import { EnvironmentError } from '../platforms/check-environments.ts';
import { environmentNamed, laptop, systemNames } from '../verify/open-system.ts';
import { startOwnPipeline } from './laptop/own-pipeline.ts';
import { laptopTarget } from './laptop/target.ts';
import { requireKnown } from './order.ts';
import { CouldNotRun, type OpenTarget } from './target.ts';

export interface OpenOptions {
  readonly root: string;
  /**
   * Port offset of a running laptop pipeline.
   * @default the drill starts its own pipeline
   */
  readonly portOffset: number | undefined;
  /** @default every fault */
  readonly faults?: readonly string[] | undefined;
  readonly restoresOnly?: boolean;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

export type OpenDrillTarget = (name: string, options: OpenOptions) => Promise<OpenTarget>;

export const openTarget: OpenDrillTarget = async (
  name,
  { root, portOffset, faults = [], restoresOnly = false, signal, say },
) => {
  if (!systemNames.includes(name)) {
    throw new CouldNotRun(`There is no system ${name} to drill. Expected one of ${systemNames.join(', ')}.`);
  }
  if (name !== laptop) {
    if (portOffset !== undefined)
      throw new CouldNotRun(
        `The option --port-offset applies only to the laptop. Start the drill of ${name} without this option.`,
      );
    const { openCluster } = await import('./cluster/target.ts');
    const opened = await openCluster(environmentToDrill(name), { faults, restoresOnly, signal, say });
    return { ...opened, address: { target: name, portOffset: 0 } };
  }
  if (portOffset !== undefined) {
    return {
      target: laptopTarget(portOffset),
      address: { target: name, portOffset },
      close: async () => {},
    };
  }
  const possible = faultsOf({ liveRates: false, airflow: false, processes: true });
  requireKnown(
    faults,
    possible.map((fault) => fault.name),
  );
  const own = await startOwnPipeline(root, signal, say);
  return {
    target: laptopTarget(own.portOffset),
    address: { target: name, portOffset: own.portOffset },
    close: own.stop,
  };
};

/** @throws CouldNotRun if the environment does not exist, or if its values are wrong */
export function environmentToDrill(name: string): Environment {
  try {
    return environmentNamed(name);
  } catch (error) {
    throw error instanceof EnvironmentError ? new CouldNotRun(error.message) : error;
  }
}

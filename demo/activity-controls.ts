import { type Controls, StillStarting } from '../console/index.ts';
import type { Activity } from './activity.ts';

/** @param active returns the activity of the running pipeline; undefined while the pipeline starts */
export function activityControls(
  active: () => Activity | undefined,
): Pick<Controls, 'runBatch' | 'burst' | 'faults' | 'schedule' | 'traffic' | 'batch'> {
  const activity = () => {
    const found = active();
    if (!found) throw new StillStarting();
    return found;
  };
  return {
    runBatch: async (run) => activity().batch.run(run),
    burst: async ({ cluster = 'primary', messages } = {}) => activity().traffic[cluster].burst(messages),
    faults: {
      list: () => active()?.faults.list() ?? [],
      inject: async (name, options) => activity().faults.inject(name, options),
      restore: async (name) => activity().faults.restore(name),
      clear: async () => activity().clear(),
    },
    schedule: {
      status: () => activity().schedule.status(),
      start: (options) => activity().schedule.start(options),
      stop: async () => activity().schedule.stop(),
    },
    traffic: {
      status: (cluster) => activity().traffic[cluster].status(),
      set: (cluster, change) => activity().traffic[cluster].set(change),
    },
    batch: {
      schedule: () => activity().batch.schedule(),
      runs: () => activity().batch.runs(),
      setMode: async (mode) => activity().batch.setMode(mode),
    },
  };
}

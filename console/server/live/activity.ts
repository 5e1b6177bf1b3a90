import { etlBounds } from '../../../metrics/definitions/batch-pusher.ts';
import type { BatchStatus } from '../../controls/batch.ts';
import { type Controls, StillStarting } from '../../controls.ts';
import type { TrafficSection } from '../../live.ts';
import type { LiveHub } from './hub.ts';

export function publishActivity(hub: LiveHub, controls: Controls): void {
  hub.publish('faults', controls.faults?.list() ?? []);
  hub.publish(
    'schedule',
    unlessStarting(() => controls.schedule?.status()),
  );
  hub.publish(
    'traffic',
    unlessStarting(() => trafficOf(controls)),
  );
  hub.publish(
    'batch',
    unlessStarting(() => batchOf(controls)),
  );
}

function trafficOf({ traffic }: Controls): TrafficSection | undefined {
  return traffic && { primary: traffic.status('primary'), edge: traffic.status('edge') };
}

/**
 * Undefined if the console cannot run the batch.
 * @throws StillStarting
 */
export function batchOf({ batch, runBatch, runIsFixed }: Controls): BatchStatus | undefined {
  if (!runBatch) return undefined;
  return {
    ...(batch && { schedule: batch.schedule() }),
    runs: batch?.runs() ?? [],
    ...(!runIsFixed && { bounds: etlBounds }),
  };
}

function unlessStarting<T>(read: () => T | undefined): T | null {
  try {
    return read() ?? null;
  } catch (error) {
    if (error instanceof StillStarting) return null;
    throw error;
  }
}

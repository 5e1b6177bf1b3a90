import type { LiveSections } from '../../../live.ts';
import { type Action, useAction } from '../../action.tsx';
import { call } from '../../api.ts';
import { setLive } from '../../live.ts';

/** After the action, the page immediately shows the new state of the faults. */
export function useFaultAction(): Action {
  return useAction(refresh);
}

/** Reads faults and schedule now. The next live event can be a second later. */
async function refresh(): Promise<void> {
  const [faults, schedule] = await Promise.allSettled([
    call<LiveSections['faults']>('/api/faults'),
    call<LiveSections['schedule']>('/api/schedule'),
  ]);
  if (faults.status === 'fulfilled') setLive('faults', faults.value);
  if (schedule.status === 'fulfilled') setLive('schedule', schedule.value);
}

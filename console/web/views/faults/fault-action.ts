import type { LiveSections } from '../../../live.ts';
import { type Action, useAction } from '../../action.tsx';
import { call } from '../../api.ts';
import { setLive } from '../../live.ts';

/** Runs an action. The page then shows the new state of the faults at once. */
export function useFaultAction(): Action {
  return useAction(refresh);
}

/** Reads the new state at once. The next live event can arrive one second later. */
async function refresh(): Promise<void> {
  const [faults, schedule] = await Promise.allSettled([
    call<LiveSections['faults']>('/api/faults'),
    call<LiveSections['schedule']>('/api/schedule'),
  ]);
  if (faults.status === 'fulfilled') setLive('faults', faults.value);
  if (schedule.status === 'fulfilled') setLive('schedule', schedule.value);
}

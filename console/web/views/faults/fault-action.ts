import { type Action, useAction } from '../../action.tsx';
import { call } from '../../api.ts';
import { live } from '../../live.ts';

/** After the action, the page immediately shows the new state of the faults. */
export function useFaultAction(): Action {
  return useAction(refresh);
}

/** Reads faults and schedule now. The next live event can be a second later. */
async function refresh(): Promise<void> {
  const [faults, schedule] = await Promise.allSettled([call('/api/faults'), call('/api/schedule')]);
  if (faults.status === 'fulfilled') live.faults.value = faults.value as never;
  if (schedule.status === 'fulfilled') live.schedule.value = schedule.value as never;
}

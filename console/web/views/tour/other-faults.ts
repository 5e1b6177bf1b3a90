import type { FaultStatus } from '../../../controls/faults.ts';
import type { TourAction } from '../../../tour/step.ts';

export interface OtherFault {
  readonly name: string;
  readonly title: string;
  /** Whether this fault prevents the action of the step. */
  readonly blocks: boolean;
}

export function otherFaults(
  action: TourAction | undefined,
  faults: readonly FaultStatus[] = [],
): readonly OtherFault[] {
  const own = action && 'fault' in action ? action.fault : undefined;
  const blockedBy =
    action?.kind === 'inject' ? faults.find(({ name }) => name === own)?.blockedBy : undefined;
  return faults
    .filter(({ name, injected }) => injected && name !== own)
    .map(({ name, title }) => ({ name, title, blocks: name === blockedBy }));
}

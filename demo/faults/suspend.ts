import { NotPossibleNow } from '../../console/index.ts';
import type { FaultContext } from './fault.ts';

/** @throws NotPossibleNow if the component has no process */
export function suspend({ component }: FaultContext, name: string): void {
  if (component(name).signal('SIGSTOP')) return;
  throw new NotPossibleNow(`${name} has no process to suspend. Start ${name} first.`);
}

export function resume({ component }: FaultContext, name: string): void {
  component(name).signal('SIGCONT');
}

import type { Change } from '../change/change.ts';
import type { Tree } from '../change/tree.ts';

export type Part = 'scrape' | 'remote write' | 'push' | 'alert' | 'receiver' | 'dashboard';

export type Effect = 'added' | 'removed' | 'changed' | 'reads';

export interface Touch {
  readonly part: Part;
  readonly name: string;
  readonly effect: Effect;
  /** The changed scrape job that the alert or dashboard reads. Undefined if `effect` is not `reads`. */
  readonly via?: string;
}

export function effectOf({
  action,
  before,
  after,
}: Partial<Pick<Change, 'action'>> & {
  readonly before?: Tree | undefined;
  readonly after?: Tree | undefined;
}): Effect {
  if (action === 'create' || (action === undefined && before === undefined)) return 'added';
  if (action === 'destroy' || (action === undefined && after === undefined)) return 'removed';
  return 'changed';
}

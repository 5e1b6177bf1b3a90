import type { Change } from '../change/change.ts';
import type { Tree } from '../change/tree.ts';

/** A kind of part of the pipeline. */
export type Part = 'scrape' | 'remote write' | 'push' | 'alert' | 'receiver' | 'dashboard';

/** What happens to a part. `reads` means that the part stays the same but reads data of a part that changes. */
export type Effect = 'added' | 'removed' | 'changed' | 'reads';

/** A part of the pipeline that a change touches. */
export interface Touch {
  readonly part: Part;
  readonly name: string;
  readonly effect: Effect;
  /** For `reads`: the part whose data it reads. */
  readonly via?: string;
}

/** The effect of a change on the part that the change configures. */
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

import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /**
   * The message can contain names from the plan. A CI system must not run a name such as `::error::` as a command.
   * Therefore the constructor changes such texts.
   */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. The message says what is wrong, where, what was expected and what to do. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /** @param message may contain names of the plan. A CI system must not execute the names as commands. */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. The message states the fault, its place, the expected value and the remedy. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /** @param message may contain names of the plan. A CI system must not execute the names as commands. */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /** The message can contain names from the plan. The constructor breaks commands of CI systems in the message. */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

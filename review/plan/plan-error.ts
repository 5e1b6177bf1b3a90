import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /** The message can contain names from the plan. Therefore commands of CI systems in the message are made harmless. */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

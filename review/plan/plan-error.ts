import { visible, withoutCommands } from '../report/escape.ts';

/** The plan cannot be reviewed. */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  /** A name in a plan can contain a command for the CI system, such as `::error::` for GitHub Actions. */
  constructor(message: string) {
    super(withoutCommands(visible(message)));
  }
}

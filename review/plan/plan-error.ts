/** The plan cannot be reviewed. The message says what is wrong, where, what was expected and what to do. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** The plan cannot be reviewed. The message states the fault, its place, the expected value and the remedy. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

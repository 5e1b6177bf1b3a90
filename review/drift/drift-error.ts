/** Drift could not be determined. The message states what is wrong, where, what was expected and what to do. */
export class DriftError extends Error {
  override readonly name = 'DriftError';
}

/** Drift could not be determined. The message says what is wrong, where, what was expected and what to do. */
export class DriftError extends Error {
  override readonly name = 'DriftError';
}

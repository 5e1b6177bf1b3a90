/** Drift could not be determined. */
export class DriftError extends Error {
  override readonly name = 'DriftError';
}

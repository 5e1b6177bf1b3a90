/** A failed kubectl command; the message has kubectl's error and the remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

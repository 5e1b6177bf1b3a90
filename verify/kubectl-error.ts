/** A failed kubectl command. The message contains kubectl's error and the remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

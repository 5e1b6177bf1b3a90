/** The message contains the error of kubectl and the remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

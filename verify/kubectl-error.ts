/** The message contains the reason of the failure. The message of most commands also contains a remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

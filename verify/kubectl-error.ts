export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

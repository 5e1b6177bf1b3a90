/** A failed start that the user can repair. The message says what is wrong and what to do. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

/** The pipeline cannot start, and the user can fix the reason. The message has the reason and the remedy. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

/** The pipeline cannot start for a reason that the user can fix. The message contains the reason and the remedy. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

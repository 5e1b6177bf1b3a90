/** The start failed for a reason that the user can fix; the message names the reason and the fix. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

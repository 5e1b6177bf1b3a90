/** The start has failed for a reason that the user can mend; the message says which and how. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}

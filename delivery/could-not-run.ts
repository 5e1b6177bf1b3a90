/** No verdict was possible. The message states what is wrong, where, what was expected and what to do. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}

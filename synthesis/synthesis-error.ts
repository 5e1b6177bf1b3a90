/** The stacks cannot be synthesized or read. The message contains the remedy. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

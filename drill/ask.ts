import { createInterface } from 'node:readline/promises';

/**
 * Asks a question in the terminal. Only the answer `yes` is consent.
 * @returns undefined if standard input is no terminal
 */
export async function ask(question: string, signal: AbortSignal): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While a question is open, readline receives Ctrl-C as a character. The process then receives no signal.
  terminal.once('SIGINT', () => terminal.close());
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }).catch(() => ''), closed]);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}

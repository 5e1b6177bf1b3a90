import { createInterface } from 'node:readline/promises';

/** @returns whether the answer is `yes`; undefined if standard input is no terminal */
export async function ask(question: string, signal: AbortSignal): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While a question is open, readline handles Ctrl-C. The process receives no signal.
  terminal.once('SIGINT', () => terminal.close());
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }).catch(() => ''), closed]);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}

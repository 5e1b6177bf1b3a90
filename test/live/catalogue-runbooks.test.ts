import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, it } from 'vitest';
import { commandsOf, runbooks } from '../metrics/documents.ts';

const laptop = inject('laptop');
const root = join(import.meta.dirname, '..', '..');

/** A command as an operator types it after a start with a port offset. */
function here(command: string): string {
  return command
    .replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${Number(port) + laptop.portOffset}`)
    .replaceAll('.demo/offset-0/', `.demo/offset-${laptop.portOffset}/`);
}

describe('the runbooks’ commands', () => {
  it.each(runbooks())('the commands of $file run on the laptop', async ({ text }) => {
    const results = await Promise.all(
      commandsOf(text, 'laptop').map(async (command) => {
        const { exitCode, all } = await execa('sh', ['-c', here(command)], {
          cwd: root,
          all: true,
          reject: false,
          timeout: 20_000,
        });
        return { command, exitCode, says: exitCode === 0 ? '' : all };
      }),
    );
    expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  });
});

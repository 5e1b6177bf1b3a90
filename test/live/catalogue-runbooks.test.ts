import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, it, vi } from 'vitest';
import { textFor } from '../../console/pipeline-text.ts';
import { commandsOf, runbooks } from '../metrics/documents.ts';

const laptop = inject('laptop');
const root = join(import.meta.dirname, '..', '..');

/** Enough time for the first batch run and five scrapes. */
const patienceMs = 60_000;

function outputOf(text: string): readonly string[] {
  return [...text.matchAll(/^```text healthy\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line !== ''),
  );
}

async function run(command: string) {
  const { exitCode, all } = await execa('sh', ['-c', textFor(command, laptop.portOffset)], {
    cwd: root,
    all: true,
    reject: false,
    timeout: 20_000,
  });
  return { command, exitCode, output: all };
}

function stable(line: string): string {
  return line
    .replace(/http:\/\/[\w.-]+:/g, 'http://host:')
    .replace(/\d+(\.\d+)?(e[+-]?\d+)?/g, (value) => (value === '0' || value === '1' ? value : 'N'))
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the laptop commands of the runbooks', () => {
  it.each(runbooks())('succeed: $file', async ({ text }) => {
    const results = await Promise.all(commandsOf(text, 'laptop').map(run));
    expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  });

  it.each(runbooks().filter(({ text }) => outputOf(text).length > 0))(
    'print the healthy output of the runbook: $file',
    async ({ text }) => {
      await vi.waitFor(
        async () => {
          const results = await Promise.all(commandsOf(text, 'laptop').map(run));
          const printed = results.flatMap(({ output }) => output.split('\n').map(stable));
          const missing = outputOf(text).filter(
            (line) => !printed.some((actual) => actual.includes(stable(line))),
          );
          expect(missing).toEqual([]);
        },
        { timeout: patienceMs, interval: 1000 },
      );
    },
    2 * patienceMs,
  );
});

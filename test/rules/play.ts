import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';
import { stringify } from 'yaml';
import { obtainPrograms } from '../../toolchain/index.ts';
import type { RuleTest } from './promtool.ts';

export interface Promtool {
  /** Runs `promtool <args>`, and returns the printed mistakes. */
  readonly objections: (...args: string[]) => Promise<string>;
  /** Runs `promtool test rules`, and returns the printed mistakes. */
  readonly play: (tests: readonly RuleTest[]) => Promise<string>;
  readonly write: (name: string, content: unknown) => string;
}

const runsAtOnce = 2;

/** Registers Vitest hooks. The hooks obtain promtool and delete the written files. */
export function promtool(): Promtool {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  let program: string;
  beforeAll(async () => {
    program = (await obtainPrograms({ names: ['promtool'] })).promtool.path;
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  async function objections(...args: string[]): Promise<string> {
    const { exitCode, all } = await execa(program, args, { all: true, reject: false, timeout: 150_000 });
    return exitCode === 0 ? '' : all.replace(/^\s*(SUCCESS|Unit Testing: .*)?\n/gm, '');
  }

  function write(name: string, content: unknown): string {
    const file = join(folder, name);
    writeFileSync(file, stringify(content, { aliasDuplicateObjects: false, lineWidth: 0 }));
    return file;
  }

  async function play(tests: readonly RuleTest[]): Promise<string> {
    const files = tests.map(({ name, rules, test }) =>
      write(`${name}.test.yml`, test(write(`${name}.yml`, rules))),
    );
    const runs = Array.from({ length: runsAtOnce }, (_, run) =>
      files.filter((_file, index) => index % runsAtOnce === run),
    );
    const mistakes = runs.filter((run) => run.length > 0).map((run) => objections('test', 'rules', ...run));
    return (await Promise.all(mistakes)).join('');
  }

  return { objections, play, write };
}

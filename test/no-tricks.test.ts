import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The check skips test files, because tests are allowed to patch globals. */
const entries = readdirSync(root).filter(
  (name) => !/^(\.|node_modules$|dist$|cdktf\.out$|test$|vitest\.)/.test(name),
);

const globals =
  '(?:globalThis|global|Error|Object|Array|String|Number|Math|JSON|Date|Promise|Map|Set|Function|Reflect|Symbol|RegExp|Buffer|console|process|Module|require)';

/** The first pattern allows `process.exitCode =` and `process.title =`, which Node.js documents. */
const tricks: readonly { readonly name: string; readonly pattern: RegExp; readonly example: string }[] = [
  {
    name: 'an assignment to a built-in object',
    pattern: new RegExp(
      `(?<![\\w.$])${globals}(?!\\.(?:exitCode|title)\\b)(?:\\.prototype)?(?:\\.\\w+|\\[[^\\]]+\\])\\s*(?:\\?\\?|\\|\\|)?=(?![=>])`,
    ),
    example: 'Error.captureStackTrace = () => {};',
  },
  {
    name: 'a new property of a built-in object',
    pattern: new RegExp(
      `(?:Object\\.(?:assign|defineProperty|defineProperties|setPrototypeOf)|Reflect\\.set)\\(\\s*${globals}\\b(?!\\.(?:keys|values|entries|create)\\()`,
    ),
    example: "Object.defineProperty(Error, 'captureStackTrace', { value: () => {} });",
  },
  {
    name: 'the loaders of require',
    pattern: /\brequire(?:\([^)]*\))?\.extensions\b|createRequire\([^)]*\)\.(?:extensions|cache)\b/,
    example: 'const { ".js": load } = createRequire(import.meta.url).extensions;',
  },
  {
    name: 'a private function of Node’s module loader',
    pattern: /\b_(?:compile|load|resolveFilename|extensions|nodeModulePaths)\s*\(|\bModule\._/,
    example: 'module._compile(source, file);',
  },
  {
    name: 'a private binding of Node',
    pattern: /\bprocess\.(?:binding|_\w+)\b|--expose-internals/,
    example: "process.binding('fs');",
  },
  {
    name: 'a require with the type of an import',
    pattern: /\bas typeof import\(/,
    example: "require('cdktf') as typeof import('cdktf')",
  },
  {
    name: 'an override of CDKTF’s preparation of stacks',
    pattern: /\bprepareStack\s*\(\s*\)\s*(?::\s*\w+\s*)?\{/,
    example: 'override prepareStack(): void {',
  },
  {
    name: 'an internal file of prom-client',
    pattern: /['"]prom-client\//,
    example: "import Counter from 'prom-client/lib/counter.js';",
  },
];

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return /\.(?:ts|mts|mjs|cjs|js)$/.test(path) ? [path] : [];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesUnder(join(path, name)));
}

const sources = entries.flatMap((entry) => filesUnder(join(root, entry)));

describe('the source code outside the tests', () => {
  it.each(tricks)('does not contain $name', ({ pattern, example }) => {
    expect(example).toMatch(pattern);
    const found = sources.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${relative(root, file)}:${index + 1}: ${line}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });
});

describe('the search for forbidden code', () => {
  it('reads main.ts, scripts/synth.mjs and stacks/create-stacks.ts', () => {
    const read = sources.map((file) => relative(root, file));
    expect(read).toEqual(expect.arrayContaining(['main.ts', 'scripts/synth.mjs', 'stacks/create-stacks.ts']));
  });
});

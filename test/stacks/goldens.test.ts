import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choiceSetting, readSettings } from '../../functions/settings.ts';
import { committed, onThanos } from './environments.ts';
import { synthesize } from './synthesis.ts';

const folder = join(import.meta.dirname, 'goldens');
const { texts } = await synthesize([...committed, onThanos]);
const golden = (stack: string) => join(folder, `${stack}.json`);

/** Replaces each dashboard by its file name, because the folder `dashboards` already contains the dashboard. */
function reviewed(text: string): unknown {
  return JSON.parse(text, (key, value) => {
    if (typeof value !== 'string') return value;
    if (key.endsWith('-dashboard.json')) {
      const generated = JSON.parse(readFileSync(join(folder, '..', '..', '..', 'dashboards', key), 'utf8'));
      expect(JSON.parse(value.replaceAll('$${', '${')), key).toEqual(generated);
      return `dashboards/${key}`;
    }
    if (value.startsWith('{"')) return reviewed(value);
    return value.includes('\n') ? value.split('\n') : value;
  });
}

const { GOLDENS } = readSettings({ GOLDENS: choiceSetting(['write']) }, process.env);

// `npm run generate` writes the golden files. Read the diff before a commit.
if (GOLDENS === 'write') {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const [stack, text] of texts) {
    writeFileSync(golden(stack), `${JSON.stringify(reviewed(text), undefined, 2)}\n`);
  }
}

describe('each synthesized stack', () => {
  it.each([...texts])('%s is equal to its reviewed copy in the folder goldens', (stack, text) => {
    expect(reviewed(text)).toEqual(JSON.parse(readFileSync(golden(stack), 'utf8')));
  });

  it('has one file in the folder goldens, and this folder contains no other file', () => {
    expect(readdirSync(folder).sort()).toEqual([...texts.keys()].map((stack) => `${stack}.json`).sort());
  });
});

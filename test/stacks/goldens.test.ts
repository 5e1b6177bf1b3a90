import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choiceSetting, readSettings } from '../../functions/settings.ts';
import { committed } from './environments.ts';
import { synthesize } from './synthesis.ts';

const folder = join(import.meta.dirname, 'goldens');
const { texts } = await synthesize(committed);
const golden = (stack: string) => join(folder, `${stack}.json`);

/**
 * A stack as it is reviewed: JSON within it spread out, long texts line by line; dashboards, which have goldens of their
 * own, by their file.
 */
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

// Read the difference, then `npm run generate`: a golden is never rewritten by a test run that was not asked to.
if (GOLDENS === 'write') {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const [stack, text] of texts) {
    writeFileSync(golden(stack), `${JSON.stringify(reviewed(text), undefined, 2)}\n`);
  }
}

describe('what is synthesized', () => {
  it.each([...texts])('for %s is what was reviewed', (stack, text) => {
    expect(reviewed(text)).toEqual(JSON.parse(readFileSync(golden(stack), 'utf8')));
  });

  it('has a golden for each stack, and none for a stack that is gone', () => {
    expect(readdirSync(folder).sort()).toEqual([...texts.keys()].map((stack) => `${stack}.json`).sort());
  });
});

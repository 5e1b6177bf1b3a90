import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export const root = join(import.meta.dirname, '../..');

const schema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

export const manifest = schema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

export const lockFile = join(root, 'package-lock.json');

import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readJson } from '../../../functions/http/json-body.ts';

const root = join(import.meta.dirname, '../../..');
const request = (body: unknown) =>
  new Request('http://localhost/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('importing the module `json-body.ts` does not change the error messages of other zod schemas', async () => {
  // The script needs a new process. In this process, other modules may have changed zod's messages.
  const script = `
    import * as z from 'zod/mini';
    await import('./functions/http/json-body.ts');
    console.log(JSON.stringify(z.config()));
    console.log(z.safeParse(z.string(), 1).error.issues[0].message);`;
  const { stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: root, timeout: 20_000 },
  );
  expect(stdout).toBe('{}\nInvalid input');
});

it('the answer to a refused JSON body names, in English, the expected type of each wrong field', async () => {
  const schema = z.object({ records: z.number(), names: z.array(z.string()) });
  const body = await readJson(request({ records: 'many', names: ['a', 1] }), schema, { maxBytes: 1000 });
  if (!('refused' in body)) throw new Error('the body was accepted');
  expect(await body.response.json()).toMatchObject({
    errors: [
      { pointer: '/records', detail: 'Invalid input: expected number, received string' },
      { pointer: '/names/1', detail: 'Invalid input: expected string, received number' },
    ],
  });
});

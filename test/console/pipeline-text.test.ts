import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textFor } from '../../console/pipeline-text.ts';
import { acts } from '../../console/tour/acts.ts';
import { preparation, problems } from '../../console/tour/presentation.ts';
import { ports } from '../../demo/ports.ts';
import { runbooks } from '../metrics/documents.ts';

const offset = 10_000;
const laptopPorts = new Set<number>(Object.values(ports));

describe('a console text with commands', () => {
  it('is unchanged if the pipeline has no port offset', () => {
    const text = 'curl http://127.0.0.1:3000 # npm start';
    expect(textFor(text, 0)).toBe(text);
  });

  it.each([
    ['curl -s http://127.0.0.1:9091/metrics', 'curl -s http://127.0.0.1:19091/metrics'],
    ['Open <http://127.0.0.1:3000/tour>.', 'Open <http://127.0.0.1:13000/tour>.'],
    ['tail .demo/offset-0/logs/nats.log', 'tail .demo/offset-10000/logs/nats.log'],
    ['Run `npm ci && npm start`.', 'Run `npm ci && npm start -- --port-offset 10000`.'],
    ['`npm start -- --fresh`', '`npm start -- --port-offset 10000 --fresh`'],
    ['npm run verify -- laptop', 'npm run verify -- laptop --port-offset 10000'],
    ['npm run demo -- status', 'npm run demo -- --port-offset 10000 status'],
  ])('is adapted to the port offset: %j', (text, changed) => {
    expect(textFor(text, offset)).toBe(changed);
  });

  it.each(['`npm start -- --port-offset 5000`', 'npm run verify -- production'])(
    'keeps the command unchanged: %s',
    (text) => {
      expect(textFor(text, offset)).toBe(text);
    },
  );

  it('is adapted to the port offset in every runbook and tour step', () => {
    const tour = acts.flatMap(({ steps }) =>
      steps.flatMap(({ show, say, expect: expected, terminal = [] }) => [
        ...[show, ...say, expected],
        ...terminal.map(({ command }) => command),
      ]),
    );
    const texts = [
      ...runbooks().map(({ text }) => text),
      readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'console.md'), 'utf8'),
      ...tour,
      ...preparation,
      ...problems.map(({ remedy }) => remedy),
    ];
    const found = texts.flatMap((text) => {
      const changed = textFor(text, offset);
      const others = [...changed.matchAll(/127\.0\.0\.1:(\d+)/g)].filter(([, port]) =>
        laptopPorts.has(Number(port)),
      );
      return [...others, ...changed.matchAll(/offset-0\b|npm start(?! -- --port)|-- laptop(?! --port)/g)].map(
        ([text]) => text,
      );
    });
    expect(found).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { binaryQuantity, mebibytes, tsdbQuantity } from '../../config/quantity.ts';
import { sources } from '../../sources/index.ts';

const root = join(import.meta.dirname, '..', '..');
const folders = readdirSync(root, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|cdktf\.out$|test$)/.test(entry.name),
);
const files = folders.flatMap(({ name }) =>
  readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => join(root, name, file)),
);
const written = files.map((file) => ({ file: relative(root, file), text: readFileSync(file, 'utf8') }));

const facts: readonly (readonly [fact: string, pattern: RegExp, allowedFile: string])[] = [
  ['the URL of Binance', /p2p\.binance\.com/g, 'config/knobs.ts'],
  ['the reasons of failed exchanges', /'http_status',\s*'rate_limited'/g, 'metrics/definitions/exchange.ts'],
  ['the reasons of failed refreshes', /'no_offers',\s*'implausible'/g, 'metrics/definitions/usdt.ts'],
  ['the outcomes of pushes', /'rejected'[,\s|]+'unavailable'/g, 'metrics/definitions/batch-pusher.ts'],
  [
    'the stages of the ETL',
    /'extract'[,\s|]+'transform'[,\s|]+'load'/g,
    'metrics/definitions/batch-pusher.ts',
  ],
  ['the seccomp profile of pods', /type: 'RuntimeDefault'/g, 'config/pod-security.ts'],
  ['the privileges of containers', /allowPrivilegeEscalation: (false|true)/g, 'config/pod-security.ts'],
  ['the capabilities of containers', /\bdrop: \['ALL'\]/g, 'config/pod-security.ts'],
  ['the units of quantities', /\bGi: /g, 'config/quantity.ts'],
  ['the seconds of Prometheus durations', /\bh: 3_?600\b/g, 'metrics/duration.ts'],
  ['the factor of implausible prices', /\bimplausiblePriceFactor = /g, 'config/knobs.ts'],
  ['the scrape interval', /\bscrapeIntervalSeconds = /g, 'config/knobs.ts'],
];

it.each(facts)('the source code contains %s in exactly one place', (_, pattern, file) => {
  const found = written.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(() => file));
  expect(found).toEqual([file]);
});

it('no source file repeats the name of a job', () => {
  // A job name without a slash is often also the name of a program or folder.
  const jobs = Object.values(sources)
    .map(({ job }) => job)
    .filter((job) => job.includes('/'));
  expect(jobs.length).toBeGreaterThan(0);
  const repeated = jobs.flatMap((job) =>
    written.filter(({ text }) => text.includes(`'${job}'`)).map(({ file }) => `${file}: ${job}`),
  );
  expect(repeated).toEqual([]);
});

it('the folder metrics/definitions defines the name of each metric only once', () => {
  const names = written
    .filter(({ file }) => file.startsWith(join('metrics', 'definitions')))
    .flatMap(({ text }) => [...text.matchAll(/^ +name: '([^']+)',$/gm)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it.each([
  ['512Mi', 512],
  ['10Gi', 10_240],
  ['2Ti', 2_097_152],
  ['45GB', 46_080],
])('the parser of sizes such as 50Gi and 45GB converts %s to %d MiB', (quantity, expected) => {
  expect(mebibytes(quantity)).toBe(expected);
  expect(binaryQuantity.test(quantity) !== tsdbQuantity.test(quantity)).toBe(true);
});

it.each(['', '10', '0Gi', '1.5Gi', '10G', '-1Gi', '10 Gi', 'Gi'])(
  'the parser of sizes such as 50Gi and 45GB rejects %j',
  (quantity) => {
    expect(() => mebibytes(quantity)).toThrow(`got '${quantity}'`);
  },
);

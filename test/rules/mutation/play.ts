import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { PrometheusRule } from '../../../rules/index.ts';
import { alertCases, recordingCases } from '../cases.ts';
import { alertTests, type RuleTest, recordingTests } from '../promtool.ts';
import type { Mutant } from './mutants.ts';

type Played = Pick<Mutant, 'original' | 'mutated'>;

/** `killed`: a test fails. `survived`: all tests pass. `invalid`: Prometheus refuses the expression. */
export type Verdict = 'killed' | 'survived' | 'invalid';

/** One run of promtool tests several mutants, because each run takes time to start. */
const mutantsInRun = 20;
const runsAtOnce = 2;
const runDeadlineMs = 600_000;

const ruleTests: readonly RuleTest[] = [...alertTests(alertCases), ...recordingTests(recordingCases)];

export const testsOf = (rule: PrometheusRule): readonly RuleTest[] =>
  ruleTests.filter(({ rules }) => rules.groups.some((group) => group.rules.includes(rule)));

/**
 * @returns the verdicts in the order of the mutants
 * @throws Error if promtool does not report all results
 */
export async function playMutants(
  promtool: string,
  mutants: readonly Played[],
  onProgress: (finished: number) => void = () => {},
): Promise<readonly Verdict[]> {
  const all = mutants.map((mutant) => {
    const [own = [], others = []] = [true, false].map((isOwn) =>
      testsOf(mutant.original).filter((test) => isOwnTest(test, mutant.original) === isOwn),
    );
    return { mutant, own, others };
  });
  const verdicts = await playInRuns(
    promtool,
    all.map(({ mutant, own }) => ({ mutant, tests: own })),
    onProgress,
  );
  const again = [...all.entries()].filter(
    ([index, { others }]) => verdicts[index] === 'survived' && others.length > 0,
  );
  const later = await playInRuns(
    promtool,
    again.map(([, { mutant, others }]) => ({ mutant, tests: others })),
    () => {},
  );
  const changed = new Map(again.map(([index], position) => [index, later[position] as Verdict]));
  return verdicts.map((verdict, index) => changed.get(index) ?? verdict);
}

/** The file name of a test starts with the name of its rule. */
function isOwnTest({ name }: RuleTest, rule: PrometheusRule): boolean {
  const own = ('alert' in rule ? rule.alert : rule.record).replaceAll(':', '.');
  return name === own || name.startsWith(`${own}.`);
}

interface Turn {
  readonly mutant: Played;
  readonly tests: readonly RuleTest[];
}

async function playInRuns(
  promtool: string,
  turns: readonly Turn[],
  onProgress: (finished: number) => void,
): Promise<readonly Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
  let finished = 0;
  try {
    const chunks = Array.from({ length: Math.ceil(turns.length / mutantsInRun) }, (_, index) =>
      turns.slice(index * mutantsInRun, (index + 1) * mutantsInRun),
    );
    const verdicts: (readonly Verdict[])[] = [];
    const queue = chunks.entries();
    const playQueue = async () => {
      for (const [index, chunk] of queue) {
        verdicts[index] = await playChunk(promtool, folder, index, chunk);
        finished += chunk.length;
        onProgress(finished);
      }
    };
    await Promise.all(Array.from({ length: runsAtOnce }, playQueue));
    return verdicts.flat();
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function playChunk(
  promtool: string,
  folder: string,
  chunk: number,
  turns: readonly Turn[],
): Promise<readonly Verdict[]> {
  const files = await Promise.all(turns.map((turn, index) => writeTests(folder, `${chunk}-${index}`, turn)));
  if (files.flat().length === 0) return turns.map(() => 'survived');
  const junit = join(folder, `${chunk}.xml`);
  const { all, timedOut } = await execa(promtool, ['test', 'rules', `--junit=${junit}`, ...files.flat()], {
    all: true,
    reject: false,
    timeout: runDeadlineMs,
  });
  if (timedOut) {
    throw new Error(`promtool did not finish ${turns.length} mutants in ${runDeadlineMs / 1000} s.`);
  }
  const suites = suitesOf(await readFile(junit, 'utf8'));
  return files.map((ofMutant) =>
    verdictOf(
      ofMutant.map((file) => {
        const suite = suites.get(file);
        if (suite === undefined) throw new Error(`promtool reported nothing about ${file}:\n${all}`);
        return suite;
      }),
    ),
  );
}

function writeTests(
  folder: string,
  id: string,
  { mutant: { original, mutated }, tests }: Turn,
): Promise<readonly string[]> {
  return Promise.all(
    tests.map(async ({ rules, test }, index) => {
      const ruleFile = join(folder, `${id}-${index}.rules.yml`);
      const testFile = join(folder, `${id}-${index}.test.yml`);
      const groups = rules.groups.map((group) => ({
        ...group,
        rules: group.rules.map((rule) => (rule === original ? mutated : rule)),
      }));
      const options = { aliasDuplicateObjects: false, lineWidth: 0 };
      await writeFile(ruleFile, stringify({ groups }, options));
      await writeFile(testFile, stringify(test(ruleFile), options));
      return testFile;
    }),
  );
}

function suitesOf(xml: string): ReadonlyMap<string, string> {
  const suites = xml.matchAll(/<testsuite name="([^"]*)"(.*?)<\/testsuite>/gs);
  return new Map([...suites].map(([, file = '', report = '']) => [file, report]));
}

function verdictOf(reports: readonly string[]): Verdict {
  if (reports.some((report) => report.includes('could not parse expression'))) return 'invalid';
  return reports.some((report) => report.includes('<failure>')) ? 'killed' : 'survived';
}

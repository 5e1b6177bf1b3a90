import { Command, InvalidArgumentError } from 'commander';
import { obtainPrograms } from '../../../toolchain/index.ts';
import { recordings } from '../promtool.ts';
import { proofOf } from './equivalent/proofs.ts';
import { explanationOf } from './explained.ts';
import { type Mutant, mutantsOf, namedRules } from './mutants.ts';
import { playMutants } from './play.ts';
import { mutationScore, type Record, resultOf, writeRecord } from './record.ts';

/** Share of the mutants that the rule tests must kill. */
const goal = 0.95;
const names = namedRules.map(([name]) => name);

const command = new Command('npm run mutate --')
  .description(
    `Changes each rule in one place at a time, runs the rule tests with promtool, and lists the changes for which no test fails. A change that provably has no effect does not count. Exit code 1: such a change has no recorded explanation, or the tests find less than ${goal * 100} % of the changes.`,
  )
  .argument('[rules...]', 'only these alerts and recording rules', parseRule)
  .option('--record', 'writes the results to test/rules/mutation/recorded.json')
  .showHelpAfterError()
  .parse();
const chosen: readonly string[] = command.args.length > 0 ? command.args : names;
const { record } = command.opts<{ record?: boolean }>();

const rules = namedRules.filter(([name]) => chosen.includes(name));
const made = rules.flatMap(([name, rule]) => mutantsOf(name, rule));
const mutants = made.filter((mutant) => proofOf(mutant, recordings) === undefined);
const started = performance.now();
const { promtool } = await obtainPrograms({ names: ['promtool'] });
const withoutChange = await playMutants(
  promtool.path,
  rules.map(([, rule]) => ({ original: rule, mutated: rule })),
);
const failing = rules.flatMap(([name], index) => (withoutChange[index] === 'survived' ? [] : [name]));
if (failing.length > 0) {
  // A test that always fails would seem to detect every mutant.
  console.error(
    `error: The tests of these rules fail although no rule is changed: ${failing.join(', ')}. Expected tests that pass. Run test/rules/rules.test.ts, and fix the tests or the rules first.`,
  );
  process.exit(1);
}
const verdicts = await playMutants(promtool.path, mutants, (finished) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${finished} of ${mutants.length} mutants`);
});
if (process.stderr.isTTY) process.stderr.write('\n');

const verdictsOf = (name: string) => verdicts.filter((_, index) => mutants[index]?.rule === name);
const results: Record = Object.fromEntries(chosen.map((name) => [name, resultOf(name, verdictsOf(name))]));
const proven = made.flatMap((mutant) => proofOf(mutant, recordings) ?? []);
const survivors = mutants.filter((_, index) => verdicts[index] === 'survived');
const unexplained = survivors.filter((mutant) => explanationOf(mutant) === undefined);
for (const name of chosen) {
  const { killed, survived } = results[name] as Record[string];
  console.log(`${name}: ${killed} of ${killed + survived} killed`);
  const equivalent = made.filter((mutant) => mutant.rule === name).length - verdictsOf(name).length;
  if (equivalent > 0) console.log(`  without effect, proven: ${equivalent}`);
  for (const mutant of survivors.filter(({ rule }) => rule === name)) console.log(`  ${line(mutant)}`);
}
const score = mutationScore(results);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
const invalid = verdicts.filter((verdict) => verdict === 'invalid').length;
for (const reason of new Set(proven)) {
  console.log(`${proven.filter((one) => one === reason).length} mutants are without effect: ${reason}`);
}
console.log(
  `\n${mutants.length - invalid} mutants in ${seconds} s, ${(score * 100).toFixed(1)} % killed, ${survivors.length} survived, ${unexplained.length} without an explanation`,
);
if (record) writeRecord(results);
if (unexplained.length > 0 || score < goal) process.exitCode = 1;

function line(mutant: Mutant): string {
  const { operator, change, at } = mutant;
  const place = at < 0 ? '' : ` at character ${at}`;
  return `survived: ${operator}: ${change}${place}: ${explanationOf(mutant) ?? 'no explanation'}`;
}

function parseRule(name: string, before: readonly string[] = []): readonly string[] {
  if (names.includes(name)) return [...before, name];
  throw new InvalidArgumentError(`There is no such rule. Expected one of ${names.join(', ')}.`);
}

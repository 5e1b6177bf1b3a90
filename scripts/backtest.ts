import { Command, InvalidArgumentError } from 'commander';
import * as environments from '../config/environments/index.ts';
import { scrapeIntervalSeconds } from '../config/knobs.ts';
import { EnvironmentError } from '../platforms/check-environments.ts';
import { prometheusRules } from '../rules/index.ts';
import { backtest } from '../verify/backtest/backtest.ts';
import { BacktestError, openHistory } from '../verify/backtest/history.ts';
import { backtestReport, verdictOf } from '../verify/backtest/report.ts';
import { checkoutRules, type RuleSet } from '../verify/backtest/rules.ts';
import { laptop, systemName, systemNames } from '../verify/open-system.ts';

const exitCodes = { same: 0, different: 1, failed: 2 } as const;
const mostDays = 90;

const program = new Command('npm run backtest --')
  .description(
    `Evaluates the alerts that a Prometheus has loaded, and the alerts of this checkout, over the stored history. Prints how often and how long each alert would have fired, and the difference. Exit codes: ${exitCodes.same} no difference, ${exitCodes.different} a difference, ${exitCodes.failed} an alert or the history could not be evaluated. A wrong command line also exits with ${exitCodes.different}.`,
  )
  .argument('<prometheus-url>', 'URL of the API, such as http://127.0.0.1:9090')
  .option('--days <N>', `length of the history, up to ${mostDays} days`, parseDays, 7)
  .option('--rules <system>', `the rules of this checkout for: ${systemNames.join(', ')}`, systemName, laptop)
  .showHelpAfterError()
  .parse();
const url = parseUrl(program.args[0] ?? '');
const { days, rules } = program.opts<{ days: number; rules: string }>();

try {
  const checkout = await rulesOf(rules);
  const history = await openHistory(url, days);
  const result = await backtest(history, checkout, (finished, all) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${finished} of ${all} alerts`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(backtestReport(result));
  const verdicts = result.comparisons.map(verdictOf);
  if (verdicts.includes('failed')) process.exitCode = exitCodes.failed;
  else if (verdicts.includes('different')) process.exitCode = exitCodes.different;
} catch (error) {
  if (!(error instanceof BacktestError || error instanceof EnvironmentError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = exitCodes.failed;
}

async function rulesOf(system: string): Promise<RuleSet> {
  if (system === laptop) {
    return checkoutRules(prometheusRules({ profile: 'laptop' }).groups, scrapeIntervalSeconds.laptop);
  }
  // The stacks are imported only for a cluster, because the import takes a second.
  const [{ checkedEnvironments }, { ruleOptions }] = await Promise.all([
    import('../stacks/checked-environments.ts'),
    import('../stacks/rule-options.ts'),
  ]);
  const found = Object.values(environments).filter(({ name }) => name === system);
  const [environment] = await checkedEnvironments(found);
  if (!environment)
    throw new BacktestError(
      `There is no environment ${system}. Pass ${laptop} or an environment of config/environments/index.ts.`,
    );
  const { groups } = prometheusRules(ruleOptions(environment));
  return checkoutRules(groups, scrapeIntervalSeconds.cluster);
}

/** The message does not contain the URL, because a URL can contain a password. */
function refuse(problem: string): never {
  return program.error(`error: the argument prometheus-url is wrong. ${problem}`);
}

function parseUrl(text: string): string {
  const found = URL.canParse(text) ? new URL(text) : undefined;
  if (!found || !['http:', 'https:'].includes(found.protocol)) {
    return refuse('Expected a URL such as http://127.0.0.1:9090.');
  }
  if (found.username || found.password) {
    return refuse(
      'The URL contains credentials, which other users of this machine can read. Remove the credentials.',
    );
  }
  if (found.search || found.hash) {
    return refuse('Expected a URL without a query and without a fragment, such as http://127.0.0.1:9090.');
  }
  return text.replace(/\/+$/, '');
}

function parseDays(text: string): number {
  const days = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && days > 0 && days <= mostDays) return days;
  throw new InvalidArgumentError(`Expected a number of days above 0, up to ${mostDays}.`);
}

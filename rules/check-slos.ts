import { type Problem, problem } from '../config/rule.ts';
import { budgetOf, burnWindows, type Slo, slos } from './slo.ts';
import { textFor } from './text.ts';
import { percent } from './threshold.ts';

/** The syntax of names in Kubernetes and in OpenSLO. */
const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const longestPromise = 1000;

const highestFactor = Math.max(
  ...Object.values(burnWindows).flatMap((windows) => Object.values(windows).map(({ factor }) => factor)),
);

export function sloProblems(objectives: readonly Slo[] = slos): readonly Problem[] {
  return objectives.flatMap((slo, index) => {
    const others = objectives.slice(0, index);
    const found = [
      ['name', nameProblem(slo, others)],
      ['alertPrefix', prefixProblem(slo, others)],
      ['promise', promiseProblem(slo)],
      ['objective', objectiveProblem(slo)],
    ] as const;
    return found.flatMap(([field, message]) =>
      message ? [problem(`rules/slo.ts ${slo.name}.${field}`, message)] : [],
    );
  });
}

function nameProblem({ name }: Slo, others: readonly Slo[]): string | undefined {
  if (!dnsLabel.test(name)) {
    return `${shown(name)}: expected at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends`;
  }
  return others.some((other) => other.name === name)
    ? `${shown(name)} is also the name of another objective, and their series would mix; choose another name`
    : undefined;
}

function prefixProblem({ alertPrefix }: Slo, others: readonly Slo[]): string | undefined {
  if (!/^[A-Z][A-Za-z]*Slo$/.test(alertPrefix)) {
    return `${shown(alertPrefix)}: expected a word with a capital letter that ends with Slo, such as PushSlo`;
  }
  return others.some((other) => other.alertPrefix === alertPrefix)
    ? `${shown(alertPrefix)} is also the prefix of another objective, and their alerts would have the same names; choose another prefix`
    : undefined;
}

function promiseProblem({ promise }: Slo): string | undefined {
  const text = textFor(promise, 'production');
  if (text.trim() === '' || text.endsWith('.') || text.length > longestPromise) {
    return `${shown(text)}: expected a condition of 1 to ${longestPromise} characters without a full stop at its end`;
  }
  return undefined;
}

function objectiveProblem(slo: Slo): string | undefined {
  const { objective } = slo;
  if (!(objective > 0 && objective < 1)) {
    return `${objective}: expected a share of the time between 0 and 1, such as 0.99 for 99 %; at 1 there is no error budget`;
  }
  // The highest possible burn rate: every evaluation of the objective is bad.
  const fastest = 1 / budgetOf(slo);
  return fastest > highestFactor
    ? undefined
    : `${objective}: the burn rate of ${percent(objective)} is at most ${Number(fastest.toPrecision(3))}, and an alert compares it with ${highestFactor}; the alert could never fire; expected more than ${Number((1 - 1 / highestFactor).toFixed(4))}`;
}

const shown = (value: string): string => JSON.stringify(value);

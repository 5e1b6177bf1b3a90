import type { AlertRule } from '../../../alerting.ts';
import { duration } from '../../format/times.ts';
import { live } from '../../live.ts';
import { Code } from '../../markdown.tsx';

export function firesText({ forSeconds }: Pick<AlertRule, 'forSeconds'>): string {
  return forSeconds === 0
    ? 'The alert fires at once.'
    : `The alert fires at the first evaluation after the condition has held for ${duration(forSeconds)}.`;
}

interface RuleHereProps {
  readonly alert: string;
  readonly withCondition: boolean;
}

export function RuleHere({ alert, withCondition }: RuleHereProps) {
  const rule = live.alertRules.value?.find((each) => each.alert === alert);
  if (!rule || live.topology.value?.profile !== 'laptop') return null;
  return (
    <aside class="notice info alerts-here" aria-label="Times of this pipeline">
      <div>
        The times in the text below are for production, except where the text names the laptop. This pipeline
        runs with the profile <b>laptop</b>, and its times are shorter. {firesText(rule)}
      </div>
      {withCondition && <Code code={rule.expr} language="promql" />}
    </aside>
  );
}

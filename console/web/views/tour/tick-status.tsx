import type { ComponentChildren } from 'preact';
import { stepOf } from '../../../tour/acts.ts';
import { checkText } from '../../../tour/due-check.ts';
import type { Step } from '../../../tour/step.ts';
import { timeOfDay } from '../../format/times.ts';
import { live, now, scrapeInterval } from '../../live.ts';
import { Markdown } from '../../markdown.tsx';
import { isPresenting, stepPath } from '../../presenting.ts';
import { Promql } from '../../promql.tsx';
import { findings, progress } from './progress.ts';

/** Shows the data that a step expects, and whether Prometheus has this data. */
export function TickStatus({ step }: { readonly step: Step }) {
  const done = progress.value[step.id]?.done;
  const isDone = done !== undefined;
  return (
    <section class={isDone ? 'tour-expect done' : 'tour-expect'} aria-label="Expect">
      <span class={isDone ? 'tour-tick done' : 'tour-tick'} aria-hidden="true">
        {isDone ? '✓' : ''}
      </span>
      <div>
        <Markdown text={step.expect} />
        <p class="tour-state" role="status" data-tick={isDone ? 'done' : 'open'}>
          {isDone ? `Seen at ${timeOfDay(done)}: ${step.check.proves}` : <Missing step={step} />}
        </p>
        <details class="tour-check">
          <summary>How Prometheus decides</summary>
          <pre>
            <Promql text={decision(step)} />
          </pre>
        </details>
      </div>
    </section>
  );
}

function Missing({ step }: { readonly step: Step }): ComponentChildren {
  const { check, id } = step;
  const finding = findings.value[id];
  if (finding?.kind === 'unreachable') {
    const reason = finding.problem.replace(/^Prometheus or Thanos does not answer:? */, '');
    return `Prometheus does not answer, therefore the console cannot check this step${reason ? `: ${reason}` : '.'}`;
  }
  if (check.after === undefined) return `Waiting until Prometheus shows the expected data: ${check.proves}`;
  const acted = progress.value[check.after]?.acted;
  if (acted === undefined && check.after === id) {
    return 'The tick appears when Prometheus shows the effect of the action.';
  }
  if (acted === undefined) {
    const needed = stepOf(check.after).step;
    return (
      <>
        This step needs the action of an earlier step:{' '}
        <a href={stepPath(needed.id, isPresenting())}>{needed.title}</a>
      </>
    );
  }
  if (finding?.kind === 'late') {
    const limit = check.untilScrape * scrapeInterval();
    return `Prometheus did not show the expected data within ${limit} s after the action. Do the action again, and check that all components run. Expected: ${check.proves}`;
  }
  const seconds = Math.max(0, Math.round((now.value - acted) / 1000));
  if (seconds > settleSeconds && isFaultGone(stepOf(check.after).step)) {
    return 'The fault that this step needs is no longer injected, for example after a restart of the pipeline. Inject the fault again.';
  }
  return `Prometheus does not show the expected data yet, ${seconds} s after the action: ${check.proves}`;
}

/** After an action, at most this number of seconds passes until `live.faults` shows the injected fault. */
const settleSeconds = 3;

function isFaultGone({ action }: Step): boolean {
  if (action?.kind !== 'inject' || !live.faults.value) return false;
  return !live.faults.value.some(({ name, injected }) => name === action.fault && injected);
}

function decision({ check }: Step): string {
  const interval = scrapeInterval();
  return checkText(check, (check.untilScrape ?? 0) * interval, interval);
}

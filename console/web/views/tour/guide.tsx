import { useComputed } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { acts, headingOf, neighbour, type PlacedStep, steps } from '../../../tour/acts.ts';
import { preparation, problems } from '../../../tour/presentation.ts';
import type { Act } from '../../../tour/step.ts';
import { Markdown } from '../../markdown.tsx';
import { startPresenting, stepPath } from '../../presenting.ts';
import { screenMatches } from '../../screen.ts';
import { pageOf } from './ask.tsx';
import { doneSteps } from './done-text.ts';
import { openNotes } from './open-notes.ts';
import { progress, resetProgress } from './progress.ts';
import { StepBody } from './step-body.tsx';
import { clockCommands } from './use-sync.ts';
import './guide.css';

export function Guide({ placed }: { readonly placed: PlacedStep }) {
  const { act, step, numberInAct } = placed;
  return (
    <div class="tour">
      <div class="tour-head">
        <h1>Tour</h1>
        <Ticked />
        <div class="tour-head-buttons">
          <button type="button" class="primary" onClick={startPresenting}>
            Present <kbd>P</kbd>
          </button>
          <button type="button" onClick={openNotes}>
            Speaker notes
          </button>
          <Reset />
        </div>
      </div>
      <div class="tour-columns">
        <ActList placed={placed} />
        <article class="card tour-step" aria-labelledby="tour-title">
          <p class="tour-eyebrow">
            {headingOf(placed)}
            {step.closing === undefined && ` · step ${numberInAct} of ${act.steps.length}`}
          </p>
          <h2 id="tour-title">{step.title}</h2>
          {numberInAct === 1 && <p class="tour-message">{act.message}</p>}
          <StepBody key={step.id} placed={placed} />
          <Neighbours placed={placed} />
        </article>
      </div>
    </div>
  );
}

function Reset() {
  const [isAsked, setIsAsked] = useState(false);
  const reset = () => {
    resetProgress();
    clockCommands.reset();
    setIsAsked(false);
  };
  if (!isAsked) {
    return (
      <button type="button" class="quiet" onClick={() => setIsAsked(true)}>
        Reset progress
      </button>
    );
  }
  return (
    <span class="tour-reset">
      Delete all ticks, and reset the clock?{' '}
      <button type="button" onClick={reset}>
        Reset
      </button>{' '}
      <button type="button" class="quiet" onClick={() => setIsAsked(false)}>
        Keep
      </button>
    </span>
  );
}

function Ticked() {
  const done = useComputed(() => doneSteps(progress.value).count);
  const text = useComputed(() => doneSteps(progress.value).text);
  return (
    <div class="tour-ticked">
      <progress max={steps.length} value={done} aria-label="Steps done" />
      <span class="quiet">{text}</span>
    </div>
  );
}

const isWide = screenMatches('(min-width: 900px)');

/** On a narrow screen, the list is closed at first, because the user wants to see the step. */
function ActList({ placed }: { readonly placed: PlacedStep }) {
  const list = useRef<HTMLOListElement>(null);
  const { id } = placed.step;
  useEffect(() => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [id]);
  return (
    <details class="tour-acts" open={isWide.value}>
      <summary>All acts and steps</summary>
      <ol ref={list}>
        {acts.map((act) => (
          <ActSteps key={act.number} act={act} current={id} />
        ))}
      </ol>
      <Outside />
    </details>
  );
}

function Outside() {
  return (
    <details class="tour-outside">
      <summary>Preparation and problems</summary>
      <h3>Preparation</h3>
      {preparation.map((text) => (
        <Markdown key={text} text={text} link={pageOf} />
      ))}
      <h3>Problems</h3>
      <dl>
        {problems.map(({ problem, remedy }) => (
          <Fragment key={problem}>
            <dt>
              <Markdown text={problem} />
            </dt>
            <dd>
              <Markdown text={remedy} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}

function ActSteps({ act, current }: { readonly act: Act; readonly current: string }) {
  return (
    <li class="tour-act">
      <div class="tour-act-title">
        <strong>
          Act {act.number} · {act.title}
        </strong>
        <span class="quiet">{act.minutes} min</span>
      </div>
      <ol>
        {act.steps.map(({ id, title }) => {
          const isDone = progress.value[id]?.done !== undefined;
          return (
            <li key={id}>
              <a href={stepPath(id, false)} aria-current={id === current ? 'step' : undefined}>
                <span class={isDone ? 'tour-tick done' : 'tour-tick'} aria-hidden="true">
                  {isDone ? '✓' : ''}
                </span>
                <span>{title}</span>
                {isDone && <span class="visually-hidden">, has its tick</span>}
              </a>
            </li>
          );
        })}
      </ol>
    </li>
  );
}

function Neighbours({ placed }: { readonly placed: PlacedStep }) {
  const before = neighbour(placed, -1);
  const next = neighbour(placed, 1);
  return (
    <div class="tour-neighbours">
      {before !== placed && (
        <a class="button" href={stepPath(before.step.id, false)} rel="prev">
          ← {before.step.title}
        </a>
      )}
      {next !== placed && (
        <a class="button tour-next" href={stepPath(next.step.id, false)} rel="next">
          {next.step.title} →
        </a>
      )}
    </div>
  );
}

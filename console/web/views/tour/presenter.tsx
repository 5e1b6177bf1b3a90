import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { headingOf, type PlacedStep, steps } from '../../../tour/acts.ts';
import { useKeys } from '../../keys.ts';
import { now } from '../../live.ts';
import { Markdown } from '../../markdown.tsx';
import { stopPresenting } from '../../presenting.ts';
import { ActionButton } from './action-button.tsx';
import { pageOf } from './ask.tsx';
import { doneSteps } from './done-text.ts';
import { endsOf, lastStep } from './ends.ts';
import { openNotes } from './open-notes.ts';
import { act as doAction, progress } from './progress.ts';
import { SlideClock } from './slide-clock.tsx';
import { SpeakerNotes } from './speaker-notes.tsx';
import { Links, Queries } from './step-body.tsx';
import { TickStatus } from './tick-status.tsx';
import { clock, clockCommands, move } from './use-sync.ts';
import './presenter.css';

/** Shows a step of the tour in large letters, in the whole window. */
export function Presenter({ placed }: { readonly placed: PlacedStep }) {
  const { act, step, numberInAct } = placed;
  const [hasNotes, setHasNotes] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const { isFirst, isLast } = endsOf(placed);
  const [next, before] = [() => move(placed, 1), () => move(placed, -1)];
  useWholeWindow();
  useKeys({
    ArrowRight: next,
    PageDown: next,
    ArrowLeft: before,
    PageUp: before,
    Home: () => move(placed, -steps.length),
    End: () => move(placed, steps.length),
    Escape: stopPresenting,
    n: () => setHasNotes((shown) => !shown),
    t: clockCommands.toggle,
    ' ': next,
    a: () => void doAction(step),
  });
  // The title gets the focus. Therefore a screen reader reads the title of the new step.
  useEffect(() => title.current?.focus(), [step.id]);
  return (
    <div class={hasNotes ? 'tour-stage with-notes' : 'tour-stage'}>
      <article class="tour-slide" aria-labelledby="tour-title">
        <div class="tour-slide-head">
          <p class="tour-eyebrow">{headingOf(placed)}</p>
          {!hasNotes && <SlideClock />}
        </div>
        <h1 id="tour-title" ref={title} tabIndex={-1}>
          {step.title}
        </h1>
        {numberInAct === 1 && <p class="tour-message">{act.message}</p>}
        <div class="tour-slide-columns">
          <div class="tour-slide-text">
            <div class="tour-slide-read">
              <Markdown text={step.show} link={pageOf} />
              <Links links={step.links ?? []} />
            </div>
            <ActionButton step={step} />
            <TickStatus key={step.id} step={step} />
          </div>
          <Queries key={step.id} step={step} charts={step.queries.length <= mostCharts} mostValues={4} />
        </div>
      </article>
      {hasNotes && (
        <aside class="tour-notes-pane" aria-label="Speaker notes">
          <SpeakerNotes
            placed={placed}
            remaining={clockCommands.remaining(now.value)}
            isRunning={clock.value.runningSince !== undefined}
            onToggle={clockCommands.toggle}
            onReset={clockCommands.reset}
          />
        </aside>
      )}
      <footer class="tour-foot">
        <button type="button" onClick={before} disabled={isFirst} aria-label="Previous step">
          ←
        </button>
        <Dots placed={placed} />
        <button type="button" onClick={next} disabled={isLast} aria-label="Next step">
          →
        </button>
        {isLast && <span class="quiet tour-end">{lastStep}</span>}
        <span class="tour-foot-buttons">
          <button type="button" class="quiet" onClick={() => setHasNotes(!hasNotes)} aria-pressed={hasNotes}>
            Notes <kbd>N</kbd>
          </button>
          <button type="button" class="quiet" onClick={openNotes}>
            Notes window
          </button>
          <button type="button" class="quiet" onClick={clockCommands.toggle}>
            {clock.value.runningSince === undefined ? 'Start clock' : 'Pause clock'} <kbd>T</kbd>
          </button>
          <button type="button" class="quiet" onClick={stopPresenting}>
            Leave <kbd>Esc</kbd>
          </button>
        </span>
      </footer>
    </div>
  );
}

/** If a slide has more queries than this number, the slide shows their values without charts. */
const mostCharts = 4;

function useWholeWindow(): void {
  // `data-presenting` changes the text size of charts. `useEffect` would set the attribute too late for the charts.
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.presenting = '';
    let wasFull = document.fullscreenElement !== null;
    const changed = () => {
      if (document.fullscreenElement) wasFull = true;
      // Opening a new tab ends full screen, but must not end presenter mode.
      else if (wasFull && !document.hidden) stopPresenting();
    };
    document.addEventListener('fullscreenchange', changed);
    return () => {
      delete dataset.presenting;
      document.removeEventListener('fullscreenchange', changed);
    };
  }, []);
}

function Dots({ placed }: { readonly placed: PlacedStep }) {
  const text = `Step ${placed.index + 1} of ${steps.length}; ${doneSteps(progress.value).text}`;
  return (
    <span class="tour-dots" role="img" aria-label={text}>
      {steps.map(({ act, step, numberInAct, index }) => {
        const isDone = progress.value[step.id]?.done !== undefined;
        const classes = [
          'tour-dot',
          ...(isDone ? ['done'] : []),
          ...(index === placed.index ? ['current'] : []),
          ...(numberInAct === 1 && act.number > 1 ? ['first'] : []),
        ];
        return <span key={step.id} class={classes.join(' ')} />;
      })}
    </span>
  );
}

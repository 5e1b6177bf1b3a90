import { actionText } from '../../../tour/action-text.ts';
import { headingOf, messageOf, neighbour, type PlacedStep, steps, totalMinutes } from '../../../tour/acts.ts';
import { secondsOf } from '../../../tour/timing.ts';
import { countdown } from '../../format/times.ts';
import { live } from '../../live.ts';
import { Markdown } from '../../markdown.tsx';
import { Ask, pageOf } from './ask.tsx';
import { clockText, type Remaining } from './clock.ts';
import { lastStep } from './ends.ts';
import './step.css';
import './speaker-notes.css';

export interface SpeakerNotesProps {
  readonly placed: PlacedStep;
  readonly remaining: Remaining;
  readonly isRunning: boolean;
  readonly onToggle: () => void;
  readonly onReset: () => void;
}

export function SpeakerNotes({ placed, remaining, isRunning, onToggle, onReset }: SpeakerNotesProps) {
  const { act, step, index } = placed;
  const next = neighbour(placed, 1);
  const titleOf = (fault: string) => live.faults.value?.find(({ name }) => name === fault)?.title ?? fault;
  return (
    <div class="tour-notes">
      <div class="tour-clock">
        <Time label={`left in act ${act.number} of ${act.minutes} min`} ms={remaining.act} />
        <Time label={`left in all of ${totalMinutes} min`} ms={remaining.total} />
        <span class="tour-clock-buttons">
          <button type="button" class={isRunning ? '' : 'primary'} onClick={onToggle}>
            {isRunning ? 'Pause' : 'Start'} <kbd>T</kbd>
          </button>
          <button type="button" class="quiet" onClick={onReset}>
            Reset
          </button>
        </span>
      </div>
      <p class="tour-eyebrow">
        {headingOf(placed)} · step {index + 1} of {steps.length} · about {countdown(secondsOf(step))} for this
        step
      </p>
      <h2>{step.title}</h2>
      <div class="tour-notes-say">
        {step.say.map((text) => (
          <Markdown key={text} text={text} />
        ))}
      </div>
      {step.ask && <Ask {...step.ask} />}
      <dl>
        <dt>Show</dt>
        <dd>
          <Markdown text={step.show} link={pageOf} />
        </dd>
        {step.action && (
          <>
            <dt>Do</dt>
            <dd>
              {actionText(step.action, titleOf)} <kbd>A</kbd>
            </dd>
          </>
        )}
        <dt>Expect</dt>
        <dd>
          <Markdown text={step.expect} />
        </dd>
        <dt>Message</dt>
        <dd>{messageOf(placed)}</dd>
        <dt>Next</dt>
        <dd>
          {next === placed
            ? lastStep
            : `${next.act === act ? '' : `Act ${next.act.number}, ${next.act.title}: `}${next.step.title}`}
        </dd>
      </dl>
    </div>
  );
}

function Time({ label, ms }: { readonly label: string; readonly ms: number }) {
  const isOver = ms <= -1000;
  return (
    <span class={isOver ? 'tour-time over' : 'tour-time'} role="timer">
      <strong>{clockText(ms)}</strong>
      <span>{isOver ? label.replace('left', 'over').replace(' of ', ', planned ') : label}</span>
    </span>
  );
}

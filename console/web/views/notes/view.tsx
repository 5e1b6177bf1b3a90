import { useEffect, useMemo } from 'preact/hooks';
import { acts, stepOf } from '../../../tour/acts.ts';
import { useKeys } from '../../keys.ts';
import { now } from '../../live.ts';
import { address } from '../../router.ts';
import { remaining } from '../tour/clock.ts';
import { SpeakerNotes } from '../tour/speaker-notes.tsx';
import { NotesSync } from '../tour/sync.ts';

/** Speaker notes for the step in the Tour window. Keys change the step in both windows. */
export function View() {
  const of = address.value.searchParams.get('of') ?? undefined;
  const sync = useMemo(() => new NotesSync(of), [of]);
  useEffect(() => () => sync.close(), [sync]);
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.presenting = '';
    return () => {
      delete dataset.presenting;
    };
  }, []);
  const move = (by: number) => () => sync.command({ do: 'move', by });
  const toggle = () => sync.command({ do: 'toggle-clock' });
  useKeys({
    ArrowRight: move(1),
    PageDown: move(1),
    ArrowLeft: move(-1),
    PageUp: move(-1),
    ' ': move(1),
    a: () => sync.command({ do: 'act' }),
    t: toggle,
  });
  const shown = sync.shown.value;
  return (
    <div class="tour-notes-window">
      <h1 class="visually-hidden">Speaker notes</h1>
      {shown ? (
        <SpeakerNotes
          placed={stepOf(shown.step)}
          remaining={remaining(shown.clock, acts, now.value)}
          isRunning={shown.clock.runningSince !== undefined}
          onToggle={toggle}
          onReset={() => sync.command({ do: 'reset-clock' })}
        />
      ) : (
        <p>
          No window with the Tour answers. Open the <a href="/tour">Tour</a>, choose <b>Speaker notes</b>{' '}
          there, and keep its window open.
        </p>
      )}
    </div>
  );
}

import { now } from '../../live.ts';
import { clockText } from './clock.ts';
import { clock, clockCommands } from './use-sync.ts';

export function SlideClock() {
  const { act, total } = clockCommands.remaining(now.value);
  const isOver = act <= -1000;
  const over = (ms: number) => (ms <= -1000 ? 'over' : '');
  const isPaused = clock.value.runningSince === undefined;
  return (
    <p class="tour-slide-clock" role="timer">
      <b class={over(act)}>{clockText(act)}</b> {isOver ? 'over' : 'left'} in the act ·{' '}
      <b class={over(total)}>{clockText(total)}</b> in all
      {isPaused && ' · paused'}
    </p>
  );
}

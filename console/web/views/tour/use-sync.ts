import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { acts, neighbour, type PlacedStep } from '../../../tour/acts.ts';
import { isPresenting, stepPath } from '../../presenting.ts';
import { navigate } from '../../router.ts';
import { type Clock, inAct, newClock, remaining, toggled } from './clock.ts';
import { act } from './progress.ts';
import { storedSignal } from './stored.ts';
import { type Command, TourSync } from './sync.ts';

export const clock = storedSignal<Clock>('tour-clock', newClock);

export const clockCommands = {
  toggle: () => {
    clock.value = toggled(clock.value, Date.now());
  },
  reset: () => {
    clock.value = { ...newClock, act: clock.value.act };
  },
  remaining: (now: number) => remaining(clock.value, acts, now),
} as const;

/** A negative `by` moves the Tour back. In presenter mode, `move` adds no entry to the browser history. */
export function move(placed: PlacedStep, by: number): void {
  const presenting = isPresenting();
  const { step } = neighbour(placed, by);
  navigate(stepPath(step.id, presenting), { replace: presenting });
}

/** Shows the current step and the clock in the speaker notes, and runs commands from the speaker notes. */
export function useSync(placed: PlacedStep): void {
  const sync = useRef<TourSync | undefined>(undefined);
  const latest = useRef(placed);
  latest.current = placed;
  const send = () =>
    sync.current?.show({
      step: latest.current.step.id,
      clock: clock.value,
    });
  useEffect(() => {
    const obey = (command: Command) => {
      if (command.do === 'move') move(latest.current, command.by);
      else if (command.do === 'act') void act(latest.current.step);
      else if (command.do === 'toggle-clock') clockCommands.toggle();
      else clockCommands.reset();
    };
    sync.current = new TourSync(obey);
    send();
    return () => sync.current?.close();
  }, []);
  useEffect(() => {
    clock.value = inAct(clock.value, placed.act.number, Date.now());
    send();
  }, [placed.step.id]);
  useSignalEffect(send);
}

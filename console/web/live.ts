import { type Signal, signal } from '@preact/signals';
import type { LiveSections } from '../live.ts';

type Signals = { readonly [Name in keyof LiveSections]: Signal<LiveSections[Name] | undefined> };

/** The live state of the pipeline, by section. A section is undefined until its first event arrives. */
export const live: Signals = {
  topology: signal(undefined),
  offered: signal(undefined),
  components: signal(undefined),
  flows: signal(undefined),
  faults: signal(undefined),
  schedule: signal(undefined),
  traffic: signal(undefined),
  batch: signal(undefined),
  notifications: signal(undefined),
  alertRules: signal(undefined),
  alerts: signal(undefined),
  incidents: signal(undefined),
};

/** Unix time in milliseconds at which the console stopped answering; undefined while it answers. */
export const lostSince = signal<number | undefined>(undefined);

/** The current time in milliseconds, updated every second. Ages and durations use it. */
export const now = signal(Date.now());

/** Receives the live state. After a restart of the console, the browser connects again automatically. */
export function connect(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 1000);
  const open = () => {
    const events = new EventSource('/api/events');
    events.onopen = () => {
      lostSince.value = undefined;
    };
    events.onerror = () => {
      lostSince.value ??= Date.now();
      // A browser does not try again after an answer that is not an event stream. Another server on this port can send
      // such an answer.
      if (events.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    };
    for (const [section, value] of Object.entries(live)) {
      events.addEventListener(section, (event) => {
        value.value = JSON.parse(event.data);
      });
    }
  };
  open();
}

import { signal } from '@preact/signals';
import type { Clock } from './clock.ts';

/** State of the Tour window, for the windows with the speaker notes. */
export interface Shown {
  readonly step: string;
  readonly clock: Clock;
}

type Message =
  | ({ readonly kind: 'shown'; readonly tour: string } & Shown)
  /** A new window with speaker notes requests the state of the Tour. */
  | { readonly kind: 'hello'; readonly tour: string | undefined }
  | { readonly kind: 'command'; readonly tour: string; readonly command: Command };

/** A command from a window with speaker notes to the Tour window. */
export type Command =
  | { readonly do: 'move'; readonly by: number }
  | { readonly do: 'act' }
  | { readonly do: 'toggle-clock' }
  | { readonly do: 'reset-clock' };

const channelName = 'tour';
const idKey = 'tour-window';

/** Id of this Tour window. A reload of the page keeps the id. */
export function tourId(): string {
  const stored = sessionStorage.getItem(idKey);
  if (stored) return stored;
  const created = crypto.randomUUID();
  sessionStorage.setItem(idKey, created);
  return created;
}

/** Sends the state of the Tour to the windows with speaker notes, and receives their commands. */
export class TourSync {
  readonly #channel = new BroadcastChannel(channelName);
  readonly #tour = tourId();
  #shown: Shown | undefined;

  constructor(onCommand: (command: Command) => void) {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'command' && data.tour === this.#tour) onCommand(data.command);
      if (data.kind === 'hello' && (data.tour === undefined || data.tour === this.#tour)) this.#send();
    };
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#send();
  }

  close(): void {
    this.#channel.close();
  }

  #send(): void {
    if (this.#shown) {
      this.#channel.postMessage({ kind: 'shown', tour: this.#tour, ...this.#shown } satisfies Message);
    }
  }
}

/** Speaker notes follow the Tour window with the id `tour`, or the first Tour window that answers. */
export class NotesSync {
  readonly shown = signal<Shown | undefined>(undefined);
  readonly #channel = new BroadcastChannel(channelName);
  #tour: string | undefined;

  constructor(tour: string | undefined) {
    this.#tour = tour;
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind !== 'shown' || (this.#tour !== undefined && data.tour !== this.#tour)) return;
      this.#tour = data.tour;
      this.shown.value = data;
    };
    this.#channel.postMessage({ kind: 'hello', tour } satisfies Message);
  }

  command(command: Command): void {
    if (this.#tour === undefined) return;
    this.#channel.postMessage({ kind: 'command', tour: this.#tour, command } satisfies Message);
  }

  close(): void {
    this.#channel.close();
  }
}

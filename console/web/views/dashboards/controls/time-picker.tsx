import { useState } from 'preact/hooks';
import { timeText } from '../../../chart/time-axis.ts';
import { setQuery } from '../../../router.ts';
import {
  editable,
  presets,
  type RelativeRange,
  type Span,
  spanOf,
  timeOf,
  zoomedOut,
} from '../board/time-range.ts';
import { Dropdown } from '../dropdown.tsx';

export interface TimePickerProps {
  readonly range: RelativeRange;
  readonly span: Span;
}

function rangeText({ from, to }: RelativeRange): string {
  const preset = presets.find((one) => one.from === from && one.to === to);
  if (preset) return preset.name;
  const now = Date.now() / 1000;
  const text = (time: string) => (time.startsWith('now') ? time : timeText(timeOf(time, now) ?? Number.NaN));
  return `${text(from)} to ${text(to)}`;
}

export function TimePicker({ range, span }: TimePickerProps) {
  return (
    <>
      <Dropdown
        class="boards-time"
        align="right"
        label={`Time range: ${rangeText(range)}`}
        text={
          <>
            {rangeText(range)} <span aria-hidden="true">▾</span>
          </>
        }
      >
        {(close) => (
          <>
            {presets.map(({ name, from, to }) => (
              <button
                key={name}
                type="button"
                aria-pressed={from === range.from && to === range.to}
                onClick={() => {
                  close();
                  setQuery({ from, to });
                }}
              >
                {name}
              </button>
            ))}
            <OwnRange range={range} close={close} />
          </>
        )}
      </Dropdown>
      <button
        type="button"
        aria-label="Zoom out"
        title="Zoom out"
        onClick={() => setQuery({ ...zoomedOut(span, Date.now() / 1000) })}
      >
        −
      </button>
    </>
  );
}

interface OwnRangeProps {
  readonly range: RelativeRange;
  readonly close: () => void;
}

function OwnRange({ range, close }: OwnRangeProps) {
  const [from, setFrom] = useState(editable(range.from));
  const [to, setTo] = useState(editable(range.to));
  const [isWrong, setWrong] = useState(false);
  const apply = (event: Event) => {
    event.preventDefault();
    const now = Date.now() / 1000;
    if (!spanOf({ from, to }, now)) {
      setWrong(true);
      return;
    }
    const sent = (text: string) =>
      text.trim().startsWith('now') ? text.trim() : String(Math.round((timeOf(text, now) as number) * 1000));
    close();
    setQuery({ from: sent(from), to: sent(to) });
  };
  return (
    <form class="boards-own-range" onSubmit={apply}>
      <label>
        From <input value={from} onInput={({ currentTarget }) => setFrom(currentTarget.value)} />
      </label>
      <label>
        To <input value={to} onInput={({ currentTarget }) => setTo(currentTarget.value)} />
      </label>
      {isWrong && (
        <p class="boards-error" role="alert">
          Write times such as now-90m or 2026-01-31 12:00, the earlier time first.
        </p>
      )}
      <button type="submit" class="primary">
        Apply
      </button>
    </form>
  );
}

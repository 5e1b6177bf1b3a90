import { useState } from 'preact/hooks';
import type { TrafficChange, TrafficCluster, TrafficStatus } from '../../../controls/traffic.ts';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { TimeSeries } from '../../chart/time-series.tsx';
import { useCurve } from '../../chart/use-curve.ts';
import { formatOf } from '../../format/units.ts';
import { live, scrapeInterval, setLive } from '../../live.ts';
import { exploreUrl } from '../../router.ts';
import { useFaultAction } from './fault-action.ts';
import { binaryStops, roundStops } from './stops.ts';
import type { ShownTraffic } from './traffic-settings.ts';

const rateFormat = formatOf('mps');
const byteFormat = formatOf('Bps');

export interface TrafficPanelProps {
  readonly traffic: Readonly<Record<TrafficCluster, ShownTraffic>>;
}

export function TrafficPanel({ traffic }: TrafficPanelProps) {
  const [selected, setSelected] = useState<TrafficCluster>('primary');
  const [burst, setBurst] = useState<number>();
  const { busy, error, run } = useFaultAction();
  const status = traffic[selected];
  const { rate, size, clients, mode, stalled, bounds } = status;
  const change = (body: TrafficChange) =>
    run(async () => {
      const changed = await call<TrafficStatus>(`/api/traffic/${selected}`, { method: 'PUT', body });
      const latest = live.traffic.value;
      if (latest) setLive('traffic', { ...latest, [selected]: changed });
    });
  const publish = async () => {
    const answer = await call<{ published: number }>('/api/traffic/burst', {
      method: 'POST',
      body: { cluster: selected },
      withinMs: 60_000,
    });
    setBurst(answer.published);
  };
  return (
    <section class="card faults-panel" aria-label="Traffic">
      <h2>Traffic</h2>
      <fieldset class="faults-tabs" aria-label="Cluster">
        {(Object.keys(traffic) as TrafficCluster[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === selected}
            onClick={() => {
              setSelected(name);
              setBurst(undefined);
            }}
          >
            {traffic[name].cluster}
          </button>
        ))}
      </fieldset>
      <p class="faults-rate">
        <Published cluster={selected} /> accepted {mode === 'off' && <span class="pill warn">stopped</span>}
        {stalled && <span class="pill bad">the consumer is stalled</span>}
      </p>
      <Sparkline cluster={status.cluster} />
      <StopSlider
        label="Rate"
        value={rate}
        stops={roundStops(bounds.rate.min, bounds.rate.max)}
        text={(value) => `${value} messages/s`}
        onChange={(value) => change({ rate: value })}
      />
      <StopSlider
        label="Size"
        value={size}
        stops={binaryStops(bounds.size.min, bounds.size.max)}
        text={(value) => `${value.toLocaleString('en-US')} bytes`}
        onChange={(value) => change({ size: value })}
      />
      <StopSlider
        label="Clients"
        value={clients}
        stops={roundStops(bounds.clients.min, bounds.clients.max)}
        text={(value) => (value === 1 ? '1 connection' : `${value} connections`)}
        onChange={(value) => change({ clients: value })}
      />
      <p class="quiet">
        {byteFormat(rate * size)} of at most {byteFormat(bounds.bytesPerSecond.max)}. The stream keeps 32 MB.
      </p>
      <div class="faults-row">
        <button type="button" disabled={busy} onClick={() => change({ mode: mode === 'on' ? 'off' : 'on' })}>
          {mode === 'on' ? 'Stop publishing' : 'Start publishing'}
        </button>
        <button type="button" disabled={busy} onClick={() => run(publish)}>
          Publish a burst
        </button>
      </div>
      {burst !== undefined && !busy && !error && (
        <p class="quiet" role="status">
          The server has accepted {burst.toLocaleString('en-US')} messages.
        </p>
      )}
      <ActionError error={error} />
    </section>
  );
}

/** A new rate arrives every second. Therefore a separate component draws the rate. */
function Published({ cluster }: { readonly cluster: TrafficCluster }) {
  const published = live.traffic.value?.[cluster].published ?? 0;
  return <b>{rateFormat(published)}</b>;
}

interface StopSliderProps {
  readonly label: string;
  readonly value: number;
  readonly stops: readonly number[];
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** The slider can stop at `stops` and at the current value. */
function StopSlider({ label, value, stops, text, onChange }: StopSliderProps) {
  const [dragged, setDragged] = useState<number>();
  const all = [...new Set([...stops, value])].sort((one, other) => one - other);
  const shown = dragged ?? value;
  return (
    <label class="faults-slider">
      <span>{label}</span>
      <input
        type="range"
        min="0"
        max={all.length - 1}
        value={all.indexOf(shown)}
        aria-valuetext={text(shown)}
        onInput={(event) => setDragged(all[Number(event.currentTarget.value)])}
        onChange={(event) => {
          setDragged(undefined);
          onChange(all[Number(event.currentTarget.value)] ?? value);
        }}
      />
      <output>{text(shown)}</output>
    </label>
  );
}

const shownSeconds = 300;

function Sparkline({ cluster }: { readonly cluster: string }) {
  const interval = scrapeInterval();
  const expr = `sum(rate(nats_varz_in_msgs{cluster="${cluster}"}[${interval * 5}s]))`;
  const { result } = useCurve(expr, { seconds: shownSeconds, step: interval }, interval * 1000);
  const { times = [], values = [], from = 0, to = 0 } = result ?? {};
  return (
    <a class="faults-spark" href={exploreUrl(expr)}>
      <TimeSeries
        times={times}
        series={values.map((each) => ({ name: cluster, values: each }))}
        range={[from, to]}
        format={rateFormat}
        height={56}
        min={0}
        label={`Messages into the NATS of ${cluster}, last five minutes`}
        sparkline
      />
      <span class="quiet">into the server, acknowledgements included, last 5 min</span>
    </a>
  );
}

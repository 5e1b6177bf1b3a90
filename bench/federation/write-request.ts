import { PbfWriter } from 'pbf';
import { compress } from 'snappyjs';
import type { Label } from './series.ts';

export interface Sample {
  /** Labels in the encoding of {@link encodeLabels}. */
  readonly labels: Uint8Array;
  readonly value: number;
  /** Unix time in milliseconds. */
  readonly time: number;
}

/** Field numbers of remote write 1.0: https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol */
const field = {
  request: { timeseries: 1 },
  timeseries: { labels: 1, samples: 2 },
  label: { name: 1, value: 2 },
  sample: { value: 1, timestamp: 2 },
} as const;

/** The labels must be sorted by name. */
export function encodeLabels(labels: readonly Label[]): Uint8Array {
  const writer = new PbfWriter();
  for (const label of labels) {
    writer.writeMessage(
      field.timeseries.labels,
      ([name, value], pbf) => {
        pbf.writeStringField(field.label.name, name);
        pbf.writeStringField(field.label.value, value);
      },
      label,
    );
  }
  return writer.finish();
}

/** Writes one `TimeSeries` for each sample, as an agent does. */
export function encodeRequest(samples: readonly Sample[]): Uint8Array {
  const writer = new PbfWriter();
  for (const sample of samples) writer.writeMessage(field.request.timeseries, writeTimeseries, sample);
  return writer.finish();
}

function writeTimeseries({ labels, value, time }: Sample, pbf: PbfWriter): void {
  pbf.realloc(labels.length);
  pbf.buf.set(labels, pbf.pos);
  pbf.pos += labels.length;
  pbf.writeMessage(
    field.timeseries.samples,
    (_, inner) => {
      inner.writeDoubleField(field.sample.value, value);
      inner.writeVarintField(field.sample.timestamp, time);
    },
    undefined,
  );
}

/** Returns the body of a write request. Remote write requires the block format of snappy. */
export function requestBody(samples: readonly Sample[]): Uint8Array {
  return compress(encodeRequest(samples));
}

export const requestHeaders = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
  'user-agent': 'bench-load-generator/1.0',
} as const;

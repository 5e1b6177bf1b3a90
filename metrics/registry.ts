import {
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Registry as PromRegistry,
} from 'prom-client';
import type { MetricDefinition } from './definition.ts';
import { toOpenMetrics } from './openmetrics.ts';

type Definitions = Readonly<Record<string, MetricDefinition>>;

type Labels<D extends MetricDefinition> = D['labels'] extends readonly []
  ? []
  : [labels: Readonly<Record<D['labels'][number], string>>];

export interface Counter<D extends MetricDefinition> {
  /** Adds 1 or `by`. `by` must be finite and at least 0. */
  inc(...args: [...Labels<D>, by?: number]): void;
  /** Sets the counter to a total of the operating system. A lower total is a counter reset. */
  record(...args: [...Labels<D>, total: number]): void;
}

export interface Gauge<D extends MetricDefinition> {
  /** Before the first `set`, the metric is missing from the exposition. */
  set(...args: [...Labels<D>, value: number]): void;
  remove(...args: Labels<D>): void;
}

export interface Histogram<D extends MetricDefinition> {
  observe(...args: [...Labels<D>, value: number]): void;
}

type Instrument<D extends MetricDefinition> = D['type'] extends 'counter'
  ? Counter<D>
  : D['type'] extends 'gauge'
    ? Gauge<D>
    : Histogram<D>;

export type Instruments<T extends Definitions> = { readonly [K in keyof T]: Instrument<T[K]> };

const expositionFormats = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const;

export type ExpositionFormat = keyof typeof expositionFormats;

/** All series in one `ExpositionFormat`. Until a value changes, `exposition` returns the same object. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

export interface Registry<T extends Definitions> {
  readonly metrics: Instruments<T>;
  /** Returns the stored text if no metric has changed, otherwise a promise of a new text. */
  exposition(format?: ExpositionFormat): Exposition | Promise<Exposition>;
}

/** `exposition` calls `collect` at most once every `everyMs` milliseconds. */
export interface Collector<T extends Definitions> {
  readonly everyMs: number;
  collect(metrics: Instruments<T>): void;
}

export interface RegistryOptions<T extends Definitions> {
  readonly collector?: Collector<T>;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/**
 * Creates the metrics and their exposition.
 * @throws Error if a name is invalid or not unique
 */
export function createRegistry<const T extends Definitions>(
  definitions: T,
  options: RegistryOptions<NoInfer<T>> = {},
): Registry<T> {
  const { collector, now = () => performance.now() } = options;
  const registry = new PromRegistry();
  const rendered = new Map<ExpositionFormat, Exposition>();
  let rendering: Promise<string> | undefined;
  const changed = () => {
    rendered.clear();
    rendering = undefined;
  };

  const metrics = Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, instrument(definition, registry, changed)]),
  ) as unknown as Instruments<T>;

  const counters = Object.values(definitions).filter(({ type }) => type === 'counter');
  let collectedAt = Number.NEGATIVE_INFINITY;

  const render = async (format: ExpositionFormat): Promise<Exposition> => {
    rendering ??= registry.metrics().then(withoutEmptyFamilies);
    const current = rendering;
    const text = await current;
    const exposition = {
      contentType: expositionFormats[format],
      text: format === 'openmetrics' ? toOpenMetrics(text, counters) : text,
    };
    if (rendering === current) rendered.set(format, exposition);
    return exposition;
  };

  return {
    metrics,
    exposition(format = 'prometheus') {
      if (collector && now() - collectedAt >= collector.everyMs) {
        collectedAt = now();
        collector.collect(metrics);
      }
      return rendered.get(format) ?? render(format);
    },
  };
}

/** Removes metrics without series. prom-client writes `# HELP` and `# TYPE` even for such metrics. */
function withoutEmptyFamilies(text: string): string {
  const families = text.trimEnd().split('\n\n');
  const filled = families.filter((family) => !/^# HELP [^\n]*\n# TYPE [^\n]*$/.test(family));
  return filled.length === 0 ? '' : `${filled.join('\n\n')}\n`;
}

function instrument(definition: MetricDefinition, registry: PromRegistry, changed: () => void): unknown {
  const { name, help, buckets } = definition;
  const config = { name, help, labelNames: [...definition.labels], registers: [registry] };
  const labelled = definition.labels.length > 0;
  const split = (args: readonly unknown[]) =>
    labelled
      ? { labels: args[0] as Record<string, string>, value: args[1] as number }
      : { labels: {}, value: args[0] as number };

  switch (definition.type) {
    case 'counter': {
      const counter = new PromCounter(config);
      return {
        inc(...args: unknown[]) {
          const { labels, value = 1 } = split(args);
          counter.inc(labels, value);
          changed();
        },
        record(...args: unknown[]) {
          const { labels, value } = split(args);
          counter.remove(labels);
          counter.inc(labels, value);
          changed();
        },
      };
    }
    case 'gauge': {
      const gauge = new PromGauge(config);
      gauge.remove({});
      return {
        set(...args: unknown[]) {
          const { labels, value } = split(args);
          gauge.set(labels, value);
          changed();
        },
        remove(...args: unknown[]) {
          gauge.remove(labelled ? (args[0] as Record<string, string>) : {});
          changed();
        },
      };
    }
    case 'histogram': {
      const histogram = new PromHistogram({ ...config, ...(buckets && { buckets: [...buckets] }) });
      return {
        observe(...args: unknown[]) {
          const { labels, value } = split(args);
          histogram.observe(labels, value);
          changed();
        },
      };
    }
  }
}

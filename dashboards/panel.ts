import { PanelBuilder as BarGaugePanel } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  MappingType,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimelinePanel } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { type Expression, render } from '../metrics/promql.ts';
import { datasource } from './variables.ts';

/** Grafana replaces the text with a range for `rate`: at least four scrape intervals. */
export const rateInterval = '$__rate_interval';

export interface PanelSpec {
  readonly title: string;
  /** Text for a new reader: what the panel shows, and which values are good. */
  readonly description: string;
  /** Id of a Grafana unit, such as `percentunit`. */
  readonly unit: string;
  /** Each query with its legend. Grafana replaces `{{label}}` in a legend with the value of the label. */
  readonly queries: readonly (readonly [expr: Expression, legend: string])[];
  readonly thresholds?: readonly (readonly [from: number, color: 'green' | 'yellow' | 'orange' | 'red'])[];
  /** Grafana shows the text instead of the value. Example: the key `0` with the text `failed`. */
  readonly texts?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Width of the panel in columns. A dashboard has 24 columns. */
  readonly span?: number;
}

const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);

function queries(spec: PanelSpec, shape: 'range' | 'instant' | 'table'): Builder<Dataquery>[] {
  return spec.queries.map(([expr, legend], index) => {
    const query = new DataqueryBuilder()
      .datasource(datasource)
      .refId(refId(index))
      .expr(render(expr))
      .legendFormat(legend);
    if (shape === 'range') return query.range();
    return shape === 'table' ? query.instant().format(PromQueryFormat.Table) : query.instant();
  });
}

function thresholds({ thresholds: steps = [] }: PanelSpec): ThresholdsConfigBuilder {
  const base: Threshold = { value: null, color: 'green' };
  // Grafana needs ascending thresholds. A yellow threshold above the red threshold is removed.
  const ascending = steps.filter(([value], index) =>
    steps.slice(index + 1).every(([later]) => value < later),
  );
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([base, ...ascending.map(([value, color]) => ({ value, color }))]);
}

function valueTexts({ texts = {} }: PanelSpec) {
  const options = Object.fromEntries(
    Object.entries(texts).map(([value, { text, color }], index) => [value, { text, color, index }]),
  );
  return Object.keys(texts).length > 0 ? [{ type: MappingType.ValueToText as const, options }] : [];
}

interface Common<T> {
  title(title: string): T;
  description(description: string): T;
  datasource(ref: typeof datasource): T;
  unit(unit: string): T;
  targets(targets: Builder<Dataquery>[]): T;
  thresholds(steps: ThresholdsConfigBuilder): T;
  mappings(texts: ReturnType<typeof valueTexts>): T;
  span(width: number): T;
  height(height: number): T;
  decimals(decimals: number): T;
  min(min: number): T;
  max(max: number): T;
}

function describe<T extends Common<T>>(panel: T, spec: PanelSpec, targets: Builder<Dataquery>[]): T {
  let described = panel
    .title(spec.title)
    .description(spec.description)
    .datasource(datasource)
    .unit(spec.unit)
    .targets(targets)
    .thresholds(thresholds(spec))
    .mappings(valueTexts(spec));
  if (spec.decimals !== undefined) described = described.decimals(spec.decimals);
  if (spec.min !== undefined) described = described.min(spec.min);
  if (spec.max !== undefined) described = described.max(spec.max);
  return described;
}

/** A panel with lines over time. Each threshold is a dashed line. */
export function timeseries(spec: PanelSpec): TimeseriesPanel {
  const panel = describe(new TimeseriesPanel(), spec, queries(spec, 'range'))
    .span(spec.span ?? 12)
    .height(8)
    .lineWidth(1)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
  if (!spec.thresholds) return panel;
  return panel.thresholdsStyle(
    new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
  );
}

const lastValue = () => new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false);

/** A panel with one number for each series. The thresholds colour the number. */
export function stat(spec: PanelSpec): StatPanel {
  return describe(new StatPanel(), spec, queries(spec, 'instant'))
    .span(spec.span ?? 4)
    .height(4)
    .reduceOptions(lastValue())
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None);
}

export function barGauge(spec: PanelSpec): BarGaugePanel {
  return describe(new BarGaugePanel(), spec, queries(spec, 'instant'))
    .span(spec.span ?? 12)
    .height(8)
    .reduceOptions(lastValue())
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Gradient);
}

export function stateTimeline(spec: PanelSpec): StateTimelinePanel {
  return describe(new StateTimelinePanel(), spec, queries(spec, 'range'))
    .span(spec.span ?? 12)
    .height(8)
    .showValue(common.VisibilityMode.Never)
    .mergeValues(true);
}

/** A panel with one row for each series. The labels in `hide` have no column. */
export function table(
  spec: PanelSpec & { readonly hide?: readonly string[]; readonly values: readonly string[] },
): TablePanel {
  const { hide = [], values } = spec;
  const hidden = ['Time', '__name__', ...hide];
  const valueColumns = values.map((title, index) => [
    values.length === 1 ? 'Value' : `Value #${refId(index)}`,
    title,
  ]);
  return describe(new TablePanel(), spec, queries(spec, 'table'))
    .span(spec.span ?? 12)
    .height(8)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(hidden.map((name) => [name, true])),
        renameByName: Object.fromEntries(valueColumns),
      },
    });
}

/** Fields that the console draws. No validation: a test checks all dashboard files. */
export interface BoardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  /** Such as `30s`. */
  readonly refresh?: string;
  readonly time: { readonly from: string; readonly to: string };
  /** 0: each graph has its own crosshair. 1 and 2: all graphs share a crosshair. */
  readonly graphTooltip: 0 | 1 | 2;
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly annotations: { readonly list: readonly AnnotationJson[] };
  readonly panels: readonly (PanelJson | RowJson)[];
}

export interface VariableJson {
  readonly type: 'datasource' | 'query';
  readonly name: string;
  readonly label?: string;
  /** Such as `label_values(up, cluster)`. */
  readonly definition?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  /** Text that replaces the variable if all values are selected. */
  readonly allValue?: string;
}

export interface AnnotationJson {
  readonly name: string;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly expr: string;
  readonly titleFormat: string;
  readonly textFormat: string;
}

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface RowJson {
  readonly type: 'row';
  readonly id: number;
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: GridPos;
  /** Panels of a collapsed row. An open row has an empty list. */
  readonly panels: readonly PanelJson[];
}

export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
}

export interface PanelBase {
  readonly id: number;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly targets: readonly TargetJson[];
  readonly fieldConfig: { readonly defaults: FieldJson };
}

export interface TimeseriesPanelJson extends PanelBase {
  readonly type: 'timeseries';
  readonly options: { readonly legend: { readonly showLegend: boolean } };
  readonly fieldConfig: {
    readonly defaults: FieldJson & {
      readonly custom: {
        readonly lineWidth: number;
        /** Percent. */
        readonly fillOpacity: number;
        readonly thresholdsStyle?: { readonly mode: 'off' | 'dashed' };
      };
    };
  };
}

export interface StateTimelinePanelJson extends PanelBase {
  readonly type: 'state-timeline';
  readonly options: { readonly rowHeight: number };
  readonly fieldConfig: {
    readonly defaults: FieldJson & { readonly custom: { readonly fillOpacity: number } };
  };
}

export interface TablePanelJson extends PanelBase {
  readonly type: 'table';
  readonly transformations?: readonly TransformationJson[];
}

export interface ValuePanelJson extends PanelBase {
  readonly type: 'stat' | 'bargauge';
}

export type PanelJson = TimeseriesPanelJson | StateTimelinePanelJson | TablePanelJson | ValuePanelJson;

export type TransformationJson =
  | { readonly id: 'merge' }
  | {
      readonly id: 'organize';
      readonly options: {
        readonly excludeByName?: Readonly<Record<string, boolean>>;
        readonly renameByName?: Readonly<Record<string, string>>;
      };
    };

export interface FieldJson {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly thresholds: {
    readonly steps: readonly { readonly value: number | null; readonly color: string }[];
  };
  readonly mappings?: readonly {
    readonly type: 'value';
    readonly options: Readonly<Record<string, { readonly text?: string; readonly color?: string }>>;
  }[];
}

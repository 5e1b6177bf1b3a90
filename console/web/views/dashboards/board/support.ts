/** A test fails if a dashboard file contains an option or a value that this file does not list. */
type Value = string | number | boolean | null;

interface Drawn {
  readonly draws: 'any' | readonly Value[];
}

interface Ignored {
  readonly ignores: 'any' | readonly Value[];
  readonly because: string;
}

/** Each key is a path in the JSON of a dashboard or of a panel, such as `targets[].expr` or `gridPos.*`. */
type Support = Readonly<Record<string, Drawn | Ignored>>;

const any: Drawn = { draws: 'any' };
const only = (...draws: Value[]): Drawn => ({ draws });
const ignored = (because: string, ...ignores: Value[]): Ignored => ({
  ignores: ignores.length > 0 ? ignores : 'any',
  because,
});

const noEffect = 'Grafana also ignores the value of this field';
const oneSource = 'the console has one Prometheus';
const repeatOnly = 'the option affects only repeated panels, and no dashboard has repeated panels';

export const boardSupport: Support = {
  title: any,
  uid: any,
  description: any,
  'time.from': any,
  'time.to': any,
  refresh: any,
  graphTooltip: only(0, 1, 2),
  timezone: only('browser'),
  editable: ignored('the console edits no dashboard', false),
  fiscalYearStartMonth: ignored('the field affects only fiscal years, and no dashboard uses fiscal years', 0),
  schemaVersion: ignored('the version of the generated JSON, which a test fixes', 42),
  'tags[]': ignored('the console shows all dashboards together'),
  'links[].type': ignored('the tabs of the dashboards are these links', 'dashboards'),
  'links[].tags[]': ignored('every dashboard has the tag'),
  'links[].title': ignored('the tabs have the titles of the dashboards'),
  'links[].icon': ignored(noEffect, ''),
  'links[].tooltip': ignored(noEffect, ''),
  'links[].asDropdown': ignored('the console always shows the links between dashboards as tabs', false),
  'links[].placement': ignored('the tabs are at one place', 'inControlsMenu'),
  'links[].targetBlank': ignored('the tabs open in the same window', false),
  'links[].includeVars': only(true),
  'links[].keepTime': only(true),

  'templating.list[].type': only('datasource', 'query'),
  'templating.list[].name': any,
  'templating.list[].label': any,
  'templating.list[].definition': any,
  'templating.list[].multi': any,
  'templating.list[].includeAll': any,
  'templating.list[].allValue': any,
  'templating.list[].sort': only(1),
  'templating.list[].current.value': only('$__all'),
  'templating.list[].current.text': ignored('follows from the value', 'All'),
  'templating.list[].current.selected': ignored('follows from the value', true),
  'templating.list[].query': ignored(oneSource, 'prometheus'),
  'templating.list[].query.query': ignored('the same text as `definition`'),
  'templating.list[].query.refId': ignored('a name inside the request'),
  'templating.list[].datasource.*': ignored(oneSource),
  'templating.list[].refresh': only(2),
  'templating.list[].skipUrlSync': only(false),
  'templating.list[].allowCustomValue': ignored('the lists hold every value that has data', true),
  'templating.list[].auto': ignored('belongs to variables of the type interval', false),
  'templating.list[].auto_min': ignored('belongs to variables of the type interval'),
  'templating.list[].auto_count': ignored('belongs to variables of the type interval'),

  'annotations.list[].name': any,
  'annotations.list[].enable': any,
  'annotations.list[].iconColor': any,
  'annotations.list[].expr': any,
  'annotations.list[].titleFormat': any,
  'annotations.list[].textFormat': any,
  'annotations.list[].hide': ignored('the console has no toggle for an annotation', false),
  'annotations.list[].placement': ignored('the console has no toggle for an annotation', 'inControlsMenu'),
  'annotations.list[].builtIn': only(0),
  'annotations.list[].step': ignored(
    'the marks use the step of the graphs: an alert of the laptop can be shorter than the step of a cluster',
  ),
  'annotations.list[].datasource.*': ignored(oneSource),
  'annotations.list[].target.*': ignored('the same query as `expr`'),
  'annotations.list[].target.datasource.*': ignored(oneSource),
};

const common: Support = {
  id: any,
  title: any,
  description: any,
  'gridPos.*': any,
  transparent: only(false),
  repeatDirection: ignored(repeatOnly),
  'datasource.*': ignored(oneSource),
  'targets[].expr': any,
  'targets[].refId': any,
  'targets[].legendFormat': any,
  'targets[].datasource.*': ignored(oneSource),
  'fieldConfig.defaults.unit': any,
  'fieldConfig.defaults.decimals': any,
  'fieldConfig.defaults.min': any,
  'fieldConfig.defaults.max': any,
  'fieldConfig.defaults.thresholds.mode': only('absolute'),
  'fieldConfig.defaults.thresholds.steps[].value': any,
  'fieldConfig.defaults.thresholds.steps[].color': only('green', 'yellow', 'orange', 'red', 'blue'),
  'fieldConfig.defaults.mappings[].type': only('value'),
  'fieldConfig.defaults.mappings[].options.*.text': any,
  'fieldConfig.defaults.mappings[].options.*.color': only('green', 'yellow', 'orange', 'red', 'blue'),
  'fieldConfig.defaults.mappings[].options.*.index': ignored('the order in Grafana’s editor'),
};

const rangeQueries: Support = { 'targets[].range': only(true), 'targets[].instant': only(false) };
const instantQueries: Support = { 'targets[].range': only(false), 'targets[].instant': only(true) };
const lastValue: Support = {
  'options.reduceOptions.calcs[]': only('lastNotNull'),
  'options.reduceOptions.values': only(false),
};
const noLegend: Support = {
  'options.legend.showLegend': only(false),
  'options.legend.displayMode': ignored('no legend is shown'),
  'options.legend.placement': ignored('no legend is shown'),
};

/** The keys are panel types. */
export const panelSupport: Readonly<Record<string, Support>> = {
  row: {
    id: any,
    title: any,
    collapsed: any,
    'gridPos.*': any,
  },
  timeseries: {
    ...common,
    ...rangeQueries,
    'options.legend.showLegend': any,
    'options.legend.displayMode': only('list'),
    'options.legend.placement': only('bottom'),
    'options.tooltip.mode': only('multi'),
    'options.tooltip.sort': only('desc'),
    'fieldConfig.defaults.custom.lineWidth': any,
    'fieldConfig.defaults.custom.fillOpacity': any,
    'fieldConfig.defaults.custom.showPoints': only('never'),
    'fieldConfig.defaults.custom.thresholdsStyle.mode': only('off', 'dashed'),
  },
  stat: {
    ...common,
    ...instantQueries,
    ...lastValue,
    'options.graphMode': only('none'),
    'options.colorMode': only('value'),
    'options.textMode': only('auto'),
    'options.justifyMode': only('auto'),
    'options.orientation': only('auto'),
    'options.wideLayout': ignored('a value has its name above it on every width'),
    'options.showPercentChange': only(false),
    'options.percentChangeColorMode': ignored('the panel never shows a change in percent'),
  },
  bargauge: {
    ...common,
    ...instantQueries,
    ...lastValue,
    ...noLegend,
    'options.displayMode': only('gradient'),
    'options.orientation': only('horizontal'),
    'options.valueMode': only('color'),
    'options.namePlacement': ignored(
      'the name is above its bar, as in Grafana’s `auto` on a narrow panel',
      'auto',
    ),
    'options.showUnfilled': only(true),
    'options.sizing': only('auto'),
    'options.minVizWidth': ignored('belongs to vertical bars'),
    'options.minVizHeight': ignored('the bars share the height of the panel'),
    'options.maxVizHeight': ignored('the bars share the height of the panel'),
  },
  table: {
    ...common,
    ...instantQueries,
    'targets[].format': only('table'),
    'transformations[].id': only('merge', 'organize'),
    'transformations[].options.excludeByName.*': only(true),
    'transformations[].options.renameByName.*': any,
    'options.frameIndex': ignored('the transformations leave one table', 0),
    'options.showHeader': only(true),
    'options.showTypeIcons': only(false),
    'options.footer.show': only(false),
    'options.footer.countRows': ignored('no footer is shown', false),
    'options.cellHeight': only('sm'),
    'fieldConfig.defaults.custom.align': only('auto'),
    'fieldConfig.defaults.custom.inspect': only(false),
  },
  'state-timeline': {
    ...common,
    ...rangeQueries,
    ...noLegend,
    'options.showValue': only('never'),
    'options.rowHeight': any,
    'options.mergeValues': only(true),
    'options.alignValue': ignored('the bars of a state timeline contain no text', 'left'),
    'options.perPage': ignored('every state timeline has at most 20 rows, which fit on one page', 20),
    'options.tooltip.mode': ignored('the tooltip shows the few rows together', 'single'),
    'options.tooltip.sort': ignored('the tooltip shows the few rows together'),
    'fieldConfig.defaults.custom.lineWidth': only(0),
    'fieldConfig.defaults.custom.fillOpacity': any,
  },
};

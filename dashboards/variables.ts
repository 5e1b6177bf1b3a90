import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { matching, render, select } from '../metrics/promql.ts';

/** The Prometheus that the viewer has chosen. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own notation.
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Narrows series to what the viewer has chosen; all of them, those without such a label too, until then. */
export const scope = { cluster: matching('$cluster'), environment: matching('$environment') } as const;
/** The same for series that carry no `environment`. */
export const clusterScope = { cluster: scope.cluster } as const;

/** Values of a label among the targets. */
function ofTargets(
  name: 'environment' | 'cluster',
  label: string,
  chosen: typeof scope | { environment?: typeof scope.environment },
) {
  const query = `label_values(${render(select(targetMetrics.up, chosen))}, ${name})`;
  return (
    new QueryVariableBuilder(name)
      .label(label)
      .datasource(datasource)
      .query({ query, refId: 'values' })
      .definition(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      // Unlike Grafana's own list of all values, this also takes series that lack the label.
      .allValue('.*')
      .current({ selected: true, text: 'All', value: '$__all' })
  );
}

/** What every dashboard can be narrowed by. */
export function variables() {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    ofTargets('environment', 'Environment', {}),
    ofTargets('cluster', 'Cluster', { environment: scope.environment }),
  ];
}

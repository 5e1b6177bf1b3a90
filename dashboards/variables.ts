import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { matching, render, select } from '../metrics/promql.ts';

/** The Prometheus that the viewer selected. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own notation.
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Selects the series of the viewer's choice. By default that is every series, with or without the label. */
export const scope = { cluster: matching('$cluster'), environment: matching('$environment') } as const;
/** The same for series without the label `environment`. */
export const clusterScope = { cluster: scope.cluster } as const;

/** A variable with the values that a label has among the targets. */
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
      // Unlike Grafana's own list of all values, `.*` also matches series without the label.
      .allValue('.*')
      .current({ selected: true, text: 'All', value: '$__all' })
  );
}

/** The variables of every dashboard. */
export function variables() {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    ofTargets('environment', 'Environment', {}),
    ofTargets('cluster', 'Cluster', { environment: scope.environment }),
  ];
}

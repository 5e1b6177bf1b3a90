import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { matching, render, select } from '../metrics/promql.ts';

/** The Prometheus data source that the user selects. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: `${…}` is Grafana's notation.
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/**
 * Selects the series of the cluster and of the environment that the user selects. The default selection includes series
 * without these labels.
 */
export const scope = { cluster: matching('$cluster'), environment: matching('$environment') } as const;
/** Selects the series of the selected cluster. Only for series without the label `environment`. */
export const clusterScope = { cluster: scope.cluster } as const;

/** A variable with the values of a label of the scrape targets. */
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
      // `.*` also matches series without the label. The default of Grafana, a list of all values, does not match them.
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

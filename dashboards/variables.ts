import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { matching, render, select } from '../metrics/promql.ts';

/** Data source of the variable `datasource`. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: `${…}` is Grafana's notation.
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/**
 * Selects the cluster and the environment of the dashboard variables. The default values include series without these
 * labels.
 */
export const scope = { cluster: matching('$cluster'), environment: matching('$environment') } as const;
/** `scope` for series without the label `environment`. */
export const clusterScope = { cluster: scope.cluster } as const;

/** A variable with all values of a label of the targets. */
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
      // `.*` also matches series without the label. Grafana's default is a list of values, and the list does not match
      // these series.
      .allValue('.*')
      .current({ selected: true, text: 'All', value: '$__all' })
  );
}

export function variables() {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    ofTargets('environment', 'Environment', {}),
    ofTargets('cluster', 'Cluster', { environment: scope.environment }),
  ];
}

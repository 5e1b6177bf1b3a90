import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { matching, render, select } from '../metrics/promql.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: `${…}` is Grafana's notation.
export const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Matchers for the selected cluster and environment. `All` also matches series without the labels. */
export const scope = { cluster: matching('$cluster'), environment: matching('$environment') } as const;
/** Matcher for the selected cluster. Use `clusterScope` for metrics without a label `environment`. */
export const clusterScope = { cluster: scope.cluster } as const;

/** A variable whose values come from a label of `up`. */
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
      // With `.*`, the option `All` also shows series that do not have the label of this variable.
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

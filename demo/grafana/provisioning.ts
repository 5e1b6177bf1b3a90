import { scrapeIntervalSeconds } from '../../config/knobs.ts';

/** The uid of both the data source and the folder. */
export const grafanaUid = 'prometheus-platform';
/** The name of both the data source and the folder. */
export const grafanaName = 'Prometheus platform';

/** @param isDefault whether a panel without a data source uses this data source */
export function dataSource(prometheusUrl: string, isDefault: boolean) {
  return {
    name: grafanaName,
    uid: grafanaUid,
    type: 'prometheus',
    access: 'proxy',
    url: prometheusUrl,
    isDefault,
    // Grafana computes `$__rate_interval` from `timeInterval`.
    jsonData: { httpMethod: 'POST', timeInterval: `${scrapeIntervalSeconds.laptop}s` },
  };
}

/** Content of a file `provisioning/datasources/*.yaml` for Grafana. */
export function dataSourceFile(prometheusUrl: string) {
  return { apiVersion: 1, prune: true, datasources: [dataSource(prometheusUrl, true)] };
}

/** Content of `provisioning/dashboards/*.yaml`. `folder` contains the JSON files of the dashboards. */
export function dashboardsFile(folder: string) {
  return {
    apiVersion: 1,
    providers: [
      {
        name: grafanaName,
        folder: grafanaName,
        folderUid: grafanaUid,
        type: 'file',
        allowUiUpdates: false,
        // Each `$` is doubled, because Grafana replaces `$NAME` with an environment variable.
        options: { path: folder.replaceAll('$', '$$$$') },
      },
    ],
  };
}

/** @param url without a slash at the end */
export function grafanaDashboard(url: string, uid: string): string {
  return `${url}/d/${uid}?var-datasource=${grafanaUid}`;
}

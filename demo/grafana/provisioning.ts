import { scrapeIntervalSeconds } from '../../config/knobs.ts';

/** Uid of the data source and of the folder. */
export const grafanaUid = 'prometheus-platform';
/** Name of the data source and of the folder. */
export const grafanaName = 'Prometheus platform';

/**
 * The data source for the Prometheus of the pipeline. It contains the scrape interval, because Grafana computes
 * `$__rate_interval` from this interval.
 * @param isDefault whether a panel without a data source uses this data source
 */
export function dataSource(prometheusUrl: string, isDefault: boolean) {
  return {
    name: grafanaName,
    uid: grafanaUid,
    type: 'prometheus',
    access: 'proxy',
    url: prometheusUrl,
    isDefault,
    jsonData: { httpMethod: 'POST', timeInterval: `${scrapeIntervalSeconds.laptop}s` },
  };
}

/** The content of Grafana's file `provisioning/datasources/*.yaml`. */
export function dataSourceFile(prometheusUrl: string) {
  return { apiVersion: 1, prune: true, datasources: [dataSource(prometheusUrl, true)] };
}

/**
 * The content of Grafana's file `provisioning/dashboards/*.yaml`.
 * @param folder folder with the JSON files of the dashboards
 */
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
        // Grafana replaces `$NAME` in this file with an environment variable. Therefore each `$` is doubled.
        options: { path: folder.replaceAll('$', '$$$$') },
      },
    ],
  };
}

/**
 * URL of a dashboard that uses the data source of this project.
 * @param url URL of Grafana without a slash at the end
 */
export function grafanaDashboard(url: string, uid: string): string {
  return `${url}/d/${uid}?var-datasource=${grafanaUid}`;
}

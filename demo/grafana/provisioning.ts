import { scrapeIntervalSeconds } from '../../config/knobs.ts';

/** Uid of the data source and of the folder. */
export const grafanaUid = 'prometheus-platform';
/** Name of the data source and of the folder. */
export const grafanaName = 'Prometheus platform';

/**
 * The data source of the pipeline's Prometheus. Grafana computes `$__rate_interval` from the scrape interval.
 * @param isDefault whether panels without a data source use it
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

/** Grafana's file `provisioning/datasources/*.yaml`. */
export function dataSourceFile(prometheusUrl: string) {
  return { apiVersion: 1, prune: true, datasources: [dataSource(prometheusUrl, true)] };
}

/** Grafana's file `provisioning/dashboards/*.yaml`. @param folder with the JSON files of the dashboards */
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
        // Grafana replaces $NAME in these files by the environment.
        options: { path: folder.replaceAll('$', '$$$$') },
      },
    ],
  };
}

/** The address of a dashboard that reads our data source. @param url of Grafana, without a slash at the end */
export function grafanaDashboard(url: string, uid: string): string {
  return `${url}/d/${uid}?var-datasource=${grafanaUid}`;
}

import { stringify } from 'yaml';
import { charts } from '../../../config/charts.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { dashboards } from '../../../dashboards/index.ts';
import { composeSettings } from '../../../demo/compose/settings.ts';
import { peer } from '../../../demo/network.ts';
import { healthcheck, imageOf, type Service } from './services.ts';

/** Port of Grafana on the user's machine. Inside the container, Grafana listens on its default port 3000. */
const grafanaPort = 3300;
/** User and group ids of Grafana in the official image. */
const grafanaUser = '472:0';
const provisioning = 'grafana/provisioning';
const dashboardsFolder = '/etc/grafana/dashboards';

/**
 * The service of Grafana with the data sources and dashboards of this repository. Visitors need no login and have the
 * role Viewer.
 */
export function grafanaService(portOffset: number): Service {
  const files = [
    `${provisioning}/datasources/datasources.yaml`,
    `${provisioning}/dashboards/dashboards.yaml`,
  ];
  return {
    image: imageOf(charts.kubePrometheusStack.images.grafana),
    user: grafanaUser,
    mem_limit: '512m',
    healthcheck: healthcheck('http://127.0.0.1:3000/api/health'),
    environment: {
      GF_SERVER_ROOT_URL: `http://127.0.0.1:${grafanaPort + portOffset}`,
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: `${…}` is the notation of compose files.
      GF_AUTH_ANONYMOUS_ORG_ROLE: '${GRAFANA_ROLE:-Viewer}',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    },
    depends_on: { prometheus: { condition: 'service_healthy' } },
    volumes: [
      ...files.map((file) => `./compose/${file}:/etc/${file}:ro`),
      ...dashboards.map(({ fileName }) => `./dashboards/${fileName}:${dashboardsFolder}/${fileName}:ro`),
      'grafana:/var/lib/grafana',
    ],
    ports: [`127.0.0.1:${grafanaPort + portOffset}:3000`],
  };
}

/** Texts of the provisioning files, by path below `compose/`. */
export function grafanaFiles(portOffset: number): Readonly<Record<string, string>> {
  const settings = composeSettings('/', portOffset);
  const datasources = [
    {
      name: 'Prometheus',
      uid: 'prometheus',
      type: 'prometheus',
      access: 'proxy',
      isDefault: true,
      url: peer(settings, 'prometheus'),
      jsonData: { httpMethod: 'POST', timeInterval: `${scrapeIntervalSeconds.laptop}s` },
    },
    {
      name: 'Alertmanager',
      uid: 'alertmanager',
      type: 'alertmanager',
      access: 'proxy',
      url: peer(settings, 'alertmanager'),
      jsonData: { implementation: 'prometheus' },
    },
  ];
  const providers = [
    { name: 'prometheus-platform', type: 'file', allowUiUpdates: false, options: { path: dashboardsFolder } },
  ];
  return {
    [`${provisioning}/datasources/datasources.yaml`]: stringify({ apiVersion: 1, datasources }),
    [`${provisioning}/dashboards/dashboards.yaml`]: stringify({ apiVersion: 1, providers }),
  };
}

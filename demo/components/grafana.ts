import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Component, local } from '../component.ts';
import { queryPort } from '../engine.ts';
import type { GrafanaProgram } from '../grafana/program.ts';
import { dashboardsFile, dataSourceFile } from '../grafana/provisioning.ts';
import { peer } from '../network.ts';
import { places } from '../places.ts';
import type { Settings } from '../settings.ts';

const provisioning = 'config/grafana/provisioning';

/** Everyone on this machine can view the dashboards of Grafana. Nobody can log in. */
export function grafana(settings: Settings, program: GrafanaProgram): Component {
  const { ports, root, dataDir } = settings;
  return {
    name: 'grafana',
    role: 'shows the dashboards',
    place: places.monitoring,
    program: { kind: 'command', path: program.path },
    args: [
      ...program.args,
      '--homepath',
      program.home,
      '--config',
      join(dataDir, 'config', 'grafana', 'grafana.ini'),
    ],
    env: {
      // Paths are in environment variables, because some characters have a special meaning in grafana.ini.
      GF_PATHS_DATA: join(dataDir, 'data', 'grafana'),
      GF_PATHS_LOGS: join(dataDir, 'data', 'grafana', 'logs'),
      GF_PATHS_PLUGINS: join(dataDir, 'data', 'grafana', 'plugins'),
      GF_PATHS_PROVISIONING: join(dataDir, provisioning),
    },
    files: {
      'config/grafana/grafana.ini': ini(settings),
      [`${provisioning}/datasources/prometheus.yaml`]: stringify(
        dataSourceFile(peer(settings, queryPort(settings.engine))),
      ),
      [`${provisioning}/dashboards/dashboards.yaml`]: stringify(dashboardsFile(join(root, 'dashboards'))),
    },
    // The folders `plugins` and `alerting` stay empty. Without these folders, Grafana logs errors.
    folders: ['data/grafana', `${provisioning}/plugins`, `${provisioning}/alerting`],
    ports: [ports.grafana],
    url: local(ports.grafana),
    healthUrl: peer(settings, 'grafana', '/api/health'),
    // The pipeline does not wait for Grafana, because the first start of Grafana is slow.
    optional: true,
  };
}

function ini({ network, ports }: Settings): string {
  const sections = {
    server: { http_addr: network.listen, http_port: ports.grafana },
    auth: { disable_login_form: true },
    'auth.basic': { enabled: false },
    'auth.anonymous': { enabled: true, org_role: 'Viewer' },
    users: { allow_sign_up: false },
    analytics: {
      enabled: false,
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    news: { news_feed_enabled: false },
    plugins: { preinstall_disabled: true, plugin_admin_enabled: false },
    security: { disable_gravatar: true },
    snapshots: { external_enabled: false },
    // Grafana evaluates no rules, because Prometheus or the Thanos ruler evaluates the rules.
    unified_alerting: { enabled: false },
    log: { mode: 'console', level: 'warn' },
  };
  return Object.entries(sections)
    .map(([name, options]) =>
      [`[${name}]`, ...Object.entries(options).map(([key, value]) => `${key} = ${value}`), ''].join('\n'),
    )
    .join('\n');
}

import { attributes, keyAnywhere, objects, values } from './look.ts';
import { azureStores, nats, operatorWorkloads, stack } from './parts.ts';
import type { Rule, When } from './rule.ts';
import { becomes, leaves, removed, switchedOff } from './when.ts';

const { vault, storage, container, registry, cluster } = azureStores;

const notOnCreate =
  (when: When): When =>
  (pair, change) =>
    change.action === 'create' ? undefined : when(pair, change);

const updated =
  (when: When): When =>
  (pair, change) =>
    change.action === 'update' ? when(pair, change) : undefined;

/** Levels of the Pod Security Standards. The strictest level is first. */
const levels = ['restricted', 'baseline', 'privileged'];

export const accessRules: readonly Rule[] = [
  {
    id: 'tls-off',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A server or a scrape no longer uses TLS',
    looksAt: [keyAnywhere('scheme')],
    when: updated((pair) =>
      String(pair.before).toLowerCase() === 'https' && String(pair.after ?? 'http').toLowerCase() === 'http'
        ? 'https → http'
        : undefined,
    ),
    reason: 'Samples, queries and logins then cross the network as plain text.',
    remedy: 'Keep `https` and the certificate of the program.',
  },
  {
    id: 'tls-configuration-removed',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'The TLS configuration of a server is removed',
    looksAt: [
      values(
        [stack],
        'prometheus.prometheusSpec.web.tlsConfig',
        'alertmanager.alertmanagerSpec.web.tlsConfig',
      ),
      objects(operatorWorkloads, 'spec.web.tlsConfig'),
      values([nats], 'config.nats.tls', 'config.monitor.tls', 'config.cluster.tls'),
    ],
    when: (pair, change) =>
      change.action === 'update' && removed(pair, change) ? (pair.path.at(-2) ?? 'the server') : undefined,
    reason: 'The server then listens without encryption and without client certificates.',
    remedy: 'Keep the configuration.',
  },
  {
    id: 'nats-tls-off',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'NATS no longer encrypts its connections',
    looksAt: [
      values([nats], 'config.nats.tls.enabled', 'config.monitor.tls.enabled', 'config.cluster.tls.enabled'),
    ],
    when: notOnCreate(switchedOff),
    reason: 'Without TLS, messages cross the network as plain text, and clients with TLS cannot connect.',
    remedy: 'Keep `enabled: true`.',
  },
  {
    id: 'tls-not-verified',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A client no longer verifies the certificate of a server',
    looksAt: [keyAnywhere('insecureSkipVerify', 'insecure_skip_verify', 'tlsSkipVerify', 'tls_skip_verify')],
    when: becomes(true),
    reason: 'Any program on the network path can then answer in place of the server.',
    remedy: 'Give the client the CA and the name of the server.',
  },
  {
    id: 'client-certificate-not-required',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A server no longer requires or verifies client certificates',
    looksAt: [keyAnywhere('clientAuthType', 'client_auth_type', 'mode')],
    when: notOnCreate(leaves('RequireAndVerifyClientCert', 'VerifyClientCertIfGiven', 'require_and_verify')),
    reason: 'Any client that reaches the port can then write samples or read data.',
    remedy: 'Keep the value, and issue a client certificate for each client.',
  },
  {
    id: 'minimum-tls-lowered',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A server accepts an older version of TLS',
    looksAt: [attributes([storage], 'min_tls_version'), keyAnywhere('minVersion', 'min_version')],
    when: becomes('TLS1_0', 'TLS1_1', 'TLS10', 'TLS11', 'tls1.0', 'tls1.1'),
    reason: 'The older versions have known attacks.',
    remedy: 'Keep TLS 1.2 or newer.',
  },
  {
    id: 'plain-http-allowed',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A storage account accepts plain HTTP',
    looksAt: [attributes([storage], 'https_traffic_only_enabled')],
    when: becomes(false),
    reason: 'Blobs and tokens then cross the network as plain text.',
    remedy: 'Keep `true`.',
  },
  {
    id: 'grafana-anonymous',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'Grafana accepts visitors without a login',
    looksAt: [
      values(
        [stack],
        'grafana[grafana.ini][auth.anonymous].enabled',
        'grafana[grafana.ini].auth.disable_login_form',
      ),
    ],
    when: becomes(true),
    reason: 'Everyone who reaches Grafana can query every data source.',
    remedy: 'Keep the login. For a screen on a wall, use a service account with the role Viewer.',
  },
  {
    id: 'grafana-sign-up',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'Visitors of Grafana can create accounts',
    looksAt: [values([stack], 'grafana[grafana.ini].users.allow_sign_up')],
    when: becomes(true),
    reason: 'Everyone who reaches Grafana can get an account.',
    remedy: 'Keep `false`, and invite users or use single sign-on.',
  },
  {
    id: 'storage-keys-on',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A storage account accepts its account keys',
    looksAt: [attributes([storage], 'shared_access_key_enabled', 'local_user_enabled')],
    when: becomes(true),
    reason:
      'An account key gives full access to the storage account and has no end date. The logs do not show who used the key.',
    remedy: 'Keep `false`, and use identities with roles.',
  },
  {
    id: 'blobs-public',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'Blobs can be read without a login',
    looksAt: [
      attributes([storage], 'allow_nested_items_to_be_public', 'cross_tenant_replication_enabled'),
      attributes([container], 'container_access_type'),
    ],
    when: becomes(true, 'blob', 'container'),
    reason: 'States, backups and blocks contain names, addresses and samples.',
    remedy: 'Keep the container private.',
  },
  {
    id: 'registry-login-weakened',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'The container registry accepts a shared password or anonymous pulls',
    looksAt: [attributes([registry], 'admin_enabled', 'anonymous_pull_enabled')],
    when: becomes(true),
    reason: 'Images can then be read, or even replaced, without a personal identity.',
    remedy: 'Keep `false`. The kubelet pulls with its identity.',
  },
  {
    id: 'cluster-login-weakened',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'The cluster accepts local accounts or commands of the portal',
    looksAt: [
      attributes(
        [cluster],
        'local_account_disabled',
        'role_based_access_control_enabled',
        'run_command_enabled',
      ),
    ],
    when: (pair, change) =>
      pair.path.at(-1) === 'run_command_enabled' ? becomes(true)(pair, change) : becomes(false)(pair, change),
    reason: 'A local account is a certificate of a cluster administrator that nobody can revoke.',
    remedy: 'Keep the logins of Entra.',
  },
  {
    id: 'secret-store-rights-by-policy',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A key vault no longer uses role assignments',
    looksAt: [attributes([vault], 'rbac_authorization_enabled')],
    when: notOnCreate(becomes(false)),
    reason:
      'All role assignments on the vault lose their effect, and every Contributor of the resource group can add an access policy for itself.',
    remedy: 'Keep `true`.',
  },
  {
    id: 'container-privileged',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A container gets more power on its node',
    looksAt: [
      keyAnywhere('privileged', 'allowPrivilegeEscalation', 'allow_privilege_escalation'),
      keyAnywhere('hostNetwork', 'host_network', 'hostPID', 'host_pid', 'hostIPC', 'host_ipc'),
    ],
    when: becomes(true),
    reason: 'A program with a fault can then leave its container.',
    remedy: 'Keep the restricted security context (config/pod-security.ts).',
  },
  {
    id: 'container-isolation-lowered',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A container loses a part of its isolation',
    looksAt: [
      keyAnywhere('runAsNonRoot', 'run_as_non_root', 'readOnlyRootFilesystem', 'read_only_root_filesystem'),
    ],
    when: notOnCreate(leaves(true)),
    reason: 'A program with a fault can then write to its image, or run as root.',
    remedy: 'Keep the restricted security context (config/pod-security.ts).',
  },
  {
    id: 'pod-security-lowered',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A namespace allows more powerful pods',
    looksAt: [attributes(['kubernetes_namespace_v1'], 'metadata.labels[pod-security.kubernetes.io/enforce]')],
    when: updated(({ before, after }) =>
      levels.indexOf(String(after ?? 'privileged')) > levels.indexOf(String(before ?? 'privileged'))
        ? `${String(before)} → ${String(after ?? 'privileged')}`
        : undefined,
    ),
    reason:
      'Anyone who may create a pod in the namespace may then create a pod with more rights on the node.',
    remedy: 'Keep the level, and move the pod that needs more to its own namespace.',
  },
  {
    id: 'token-required-no-more',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A function no longer receives its token',
    looksAt: [attributes(['kubernetes_deployment_v1'], 'spec.template.spec.container.env')],
    when: updated(({ before, after }) => {
      const names = (list: unknown) =>
        Array.isArray(list) ? list.map((variable: { readonly name?: string }) => variable.name) : [];
      return names(before).includes('API_TOKEN') && !names(after).includes('API_TOKEN')
        ? 'API_TOKEN is removed'
        : undefined;
    }),
    reason: 'Without `API_TOKEN`, the batch-pusher accepts each request without a login.',
    remedy: 'Keep the variable and its Secret.',
  },
];

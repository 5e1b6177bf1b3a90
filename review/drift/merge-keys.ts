/**
 * The fields that identify a list element, in lists whose order does not matter
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy).
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  webhooks: ['name'],
  versions: ['name'],
  groups: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  ports: ['containerPort', 'port', 'protocol'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

/** Default values of fields that identify a list element. */
const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The identity of a list element. Undefined if the element or its list has no merge keys. */
export function identityOf(list: string, element: unknown): string | undefined {
  const keys = Object.hasOwn(mergeKeys, list) ? mergeKeys[list] : undefined;
  if (!keys || typeof element !== 'object' || element === null) return undefined;
  const fields = element as Readonly<Record<string, unknown>>;
  const values = keys.map((key) => fields[key] ?? keyDefaults[key] ?? '');
  const hasOwnKey = keys.some((key) => fields[key] !== undefined);
  return hasOwnKey ? values.map(String).join(' ') : undefined;
}

/** In these fields, a key that the manifest does not declare is drift. */
export const wholeObjects: ReadonlySet<string> = new Set([
  'data',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'selector',
]);

/**
 * Fields that identify the elements of a list, by the name of the list. They are the merge keys of the Kubernetes API
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy). The order of the elements of such a
 * list has no meaning for the comparison.
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

/** Defaults of the server for key fields that the manifest leaves out. */
const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The identity of a list element. Undefined for a list without merge keys, or for an element without these fields. */
export function identityOf(list: string, element: unknown): string | undefined {
  const keys = Object.hasOwn(mergeKeys, list) ? mergeKeys[list] : undefined;
  if (!keys || typeof element !== 'object' || element === null) return undefined;
  const fields = element as Readonly<Record<string, unknown>>;
  const values = keys.map((key) => fields[key] ?? keyDefaults[key] ?? '');
  const hasOwnKey = keys.some((key) => fields[key] !== undefined);
  return hasOwnKey ? values.map(String).join(' ') : undefined;
}

/**
 * Fields whose values are objects in which an added key is drift, because each key changes the meaning of the object.
 */
export const wholeObjects: ReadonlySet<string> = new Set([
  'data',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'selector',
]);

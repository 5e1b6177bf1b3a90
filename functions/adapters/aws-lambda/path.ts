type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the event with the path that the client requested from the app. API Gateway can put a stage and a base path
 * in front of this path, and this function removes them. Example: a client requests `/metrics`. The event then
 * contains:
 *
 * - `/metrics`, if the event is from a function URL, a load balancer, an HTTP API with the stage `$default`, or a REST
 *   API without a custom domain
 * - `/prod/metrics`, if an HTTP API has the stage `prod`
 * - `/ops/metrics`, if a REST API has a custom domain with the base path `ops`, and its API mapping contains a stage
 * - `/ops/prod/metrics`, if the API mapping contains no stage
 *
 * Only an HTTP API sends a decoded path: the function encodes this path again.
 */
export function appPath<E extends Fields>(event: E): E {
  if (typeof event.rawPath === 'string') {
    const { stage } = event.requestContext as Fields;
    return { ...event, rawPath: encoded(withoutStage(event.rawPath, stage)) };
  }
  return { ...event, path: encoded(ownPath(event)) };
}

function withoutStage(path: string, stage: unknown): string {
  if (typeof stage !== 'string' || stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}

/** With the base path `ops` and the stage `prod`, `/ops/prod/batches/etl` becomes `/batches/etl`. */
function ownPath(event: Fields): string {
  const path = String(event.path);
  const wanted = filled(event.resource, event.pathParameters);
  // `wanted` is undefined if the route of the request has no path. For example, the route `$default` of an HTTP API has
  // no path. In payload format 1.0, an HTTP API adds the stage to `event.path`: with the stage `prod`, `/metrics` becomes
  // `/prod/metrics`.
  if (wanted === undefined) {
    return event.version === '1.0' ? withoutStage(path, (event.requestContext as Fields).stage) : path;
  }
  for (let at = 0; at !== -1; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at);
    if (sameText(rest, wanted)) return rest;
  }
  return wanted === '/' ? '/' : path;
}

function filled(resource: unknown, parameters: unknown): string | undefined {
  if (typeof resource !== 'string' || !resource.startsWith('/')) return undefined;
  const values = (parameters ?? {}) as Fields;
  let missing = false;
  const text = resource.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string') missing = true;
    return String(value);
  });
  return missing ? undefined : text;
}

/** Ignores percent-encoding and a final slash, because API Gateway changes them. */
function sameText(one: string, other: string): boolean {
  const [given, wanted] = [one, other].map((text) => text.replace(/(?<=.)\/$/, '')) as [string, string];
  return given === wanted || decoded(given) === wanted || decoded(given) === decoded(wanted);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Encodes characters that a path cannot contain. For example, `?` would start a query. */
function encoded(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/%]/gu, encodeURIComponent);
}

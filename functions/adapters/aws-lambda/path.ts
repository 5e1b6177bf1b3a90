type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the event with the path that the app serves, such as `/metrics`. API Gateway can put a base path and a stage
 * in front of this path. `appPath` removes the base path and the stage.
 *
 * The returned event has the path `/metrics` if the given event has one of these paths:
 *
 * - `/metrics` from a function URL, a load balancer, an HTTP API with the stage `$default`, or a REST API without a
 *   custom domain
 * - `/prod/metrics` from an HTTP API with the stage `prod`, with or without a custom domain
 * - `/ops/metrics` from a REST API with a custom domain, if the API mapping of the domain sets the base path `ops` and
 *   the stage `prod`
 * - `/ops/prod/metrics` from a REST API with a custom domain, if the API mapping of the domain sets only the base path
 *   `ops`. The client must then write the stage in the URL: `https://<domain>/ops/prod/metrics`.
 *
 * An HTTP API decodes the path: `%20` becomes a space. Therefore `appPath` encodes the path again.
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
  const routePath = filled(event.resource, event.pathParameters);
  // If `routePath` is undefined, only an event with the `version` `1.0` can have a stage, such as `/prod`, at the start
  // of the path. Such an event comes from the route `$default` of an HTTP API. All other events without a `routePath`
  // come from a load balancer or from VPC Lattice. Their paths contain no stage, and their `version` is never `1.0`. An
  // HTTP API also sends events with the `version` `2.0`. For these events, `appPath` does not call this
  // function (`ownPath`).
  if (routePath === undefined) {
    return event.version === '1.0' ? withoutStage(path, (event.requestContext as Fields).stage) : path;
  }
  for (let at = 0; at !== -1; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at);
    if (sameText(rest, routePath)) return rest;
  }
  return routePath === '/' ? '/' : path;
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

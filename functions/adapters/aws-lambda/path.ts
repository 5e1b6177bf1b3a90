type Fields = Readonly<Record<string, unknown>>;

/**
 * Removes the base path and the stage of API Gateway. All these paths become `/metrics`:
 *
 * - `/metrics`: a function URL, a load balancer, or a REST API without a custom domain
 * - `/metrics`: an HTTP API with the stage `$default`
 * - `/prod/metrics`: an HTTP API with the stage `prod`
 * - `/ops/metrics`: a REST API with a custom domain and the base path `ops`
 * - `/ops/prod/metrics`: a REST API with a custom domain, the base path `ops`, and the stage `prod` in the URL
 */
export function appPath<E extends Fields>(event: E): E {
  if (typeof event.rawPath === 'string') {
    const { stage } = event.requestContext as Fields;
    // An HTTP API decodes the path: `%20` becomes a space.
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
  // With event format 1.0, the path of an API Gateway HTTP API starts with the name of the stage.
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

type Fields = Readonly<Record<string, unknown>>;

/**
 * Removes the stage and the base path of API Gateway from the path of a Lambda event. For example, a client requests
 * the path `/metrics` of the app. The path in the event depends on the source of the event:
 *
 * - a function URL, a load balancer, or an HTTP API with the stage `$default`: `/metrics`
 * - an HTTP API with the stage `prod`: `/prod/metrics` in `rawPath`. A custom domain adds nothing to `rawPath`.
 * - a REST API without a custom domain: `/metrics`
 * - a REST API with a custom domain, the base path `ops`, and an API mapping with a stage: `/ops/metrics`
 * - a REST API with a custom domain, the base path `ops`, and an API mapping without a stage: `/ops/prod/metrics`
 *
 * An HTTP API sends a decoded path, and the function encodes this path again. All other sources send an encoded path.
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

/**
 * Removes the base path and the stage from the path of the event. Example: the resource is `/batches/{job}`, and the path
 * is `/ops/prod/batches/etl`. The function returns `/batches/etl`, the longest suffix that matches the resource.
 */
function ownPath(event: Fields): string {
  const path = String(event.path);
  const wanted = filled(event.resource, event.pathParameters);
  // `resource` contains no path if the route of an HTTP API is `$default`. The code can then remove only the stage. In
  // payload format 1.0, `path` starts with the stage.
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

/**
 * Compares two paths. API Gateway decodes some path parameters, and can remove a final slash. Therefore
 * percent-encoding and a final slash make no difference.
 */
function sameText(path: string, parameters: string): boolean {
  const [given, wanted] = [path, parameters].map((text) => text.replace(/(?<=.)\/$/, '')) as [string, string];
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

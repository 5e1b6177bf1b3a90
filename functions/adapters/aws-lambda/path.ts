type Fields = Readonly<Record<string, unknown>>;

/**
 * Replaces the path of an event with the path for the app, which has no stage and no base path.
 * The path in the event depends on its source:
 *
 * - function URL, load balancer, HTTP API with the stage `$default`: the path for the app
 * - HTTP API with a named stage: `rawPath` starts with the stage, also with a custom domain
 *   (`rawPath` never contains the key of the API mapping)
 * - REST API without a custom domain: `path` is the path for the app
 * - REST API with a custom domain: `path` starts with the base path. If the API mapping sets no stage, the stage
 *   follows the base path
 *
 * An HTTP API decodes the path. All other events keep the encoding.
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
 * The longest end of `path` that matches the resource of the event, such as `/batches/{job}`. The text before this end
 * is the base path or the stage.
 */
function ownPath(event: Fields): string {
  const path = String(event.path);
  const wanted = filled(event.resource, event.pathParameters);
  // An HTTP API with the route `$default` has no resource to match. In format 1.0, its path starts with the stage.
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

/** Ignores the encoding and a final slash, because API Gateway decodes some parameters and can remove the slash. */
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

type Fields = Readonly<Record<string, unknown>>;

/**
 * Replaces the path of an event with the path that the app expects, without a stage and a base path. How the function
 * is published determines the path in the event:
 *
 * - function URL, load balancer, HTTP API with the stage `$default`: the path that the app expects
 * - HTTP API with a named stage, also with a custom domain: `rawPath` starts with the stage, and does not contain the
 *   key of the API mapping
 * - REST API without a custom domain: `path` is the path that the app expects
 * - REST API with a custom domain: `path` starts with the base path; if the API mapping sets no stage, the stage
 *   follows
 *
 * HTTP APIs decode the path. All other publications keep it encoded.
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
 * The part of `path` after the base path and the stage: the longest end of `path` that matches the `resource` of the
 * event.
 */
function ownPath(event: Fields): string {
  const path = String(event.path);
  const wanted = filled(event.resource, event.pathParameters);
  // The route `$default` of an HTTP API matches any path. In an event of format 1.0, the path starts with the stage.
  if (wanted === undefined) {
    return event.version === '1.0' ? withoutStage(path, (event.requestContext as Fields).stage) : path;
  }
  for (let at = 0; at !== -1; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at);
    if (sameText(rest, wanted)) return rest;
  }
  // If the wanted path is the root, the path in the event is only the base path, such as `/base`.
  return wanted === '/' ? '/' : path;
}

/** A resource such as `/batches/{job}` with the values of its parameters; undefined if a value is missing. */
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
 * Whether a path equals a resource with its parameters. The comparison ignores encoding and a final slash, because API
 * Gateway decodes some parameters and can remove the final slash.
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

/** Encodes the characters that a path in a URL cannot contain, such as `?` or `#`, which would end the path. */
function encoded(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/%]/gu, encodeURIComponent);
}

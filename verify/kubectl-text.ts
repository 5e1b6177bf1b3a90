/** The objects in the output of `kubectl get --output json`. */
export function itemsIn(stdout: string): readonly object[] {
  if (stdout.trim() === '') return [];
  const found = JSON.parse(stdout) as { readonly items?: readonly object[] };
  return found.items ?? [found];
}

/** Whether all errors of kubectl are about kinds that the cluster does not have. */
export function onlyUnknownKinds(message: string): boolean {
  const [, ...lines] = message.split('\n').reverse();
  const errors = lines.filter((line) => line.trim() !== '');
  return (
    errors.length > 0 &&
    errors.every((line) => /no matches for kind|ensure CRDs are installed first/.test(line))
  );
}

export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

import * as z from 'zod';
import type { GitHubApi } from './api.ts';

/** GitHub's limit for the text of a comment or an issue, in characters. */
export const bodyLimit = 65_536;

const itemSchema = z.object({
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
});

/** The hidden first line of a comment or an issue that a job owns. */
export const markerOf = (name: string): string => `<!-- prometheus-platform: ${name} -->`;

/** Whether a job wrote the item. A person can copy the marker; therefore the author must be a bot. */
export function isOwn(item: unknown, marker: string): boolean {
  const { data } = itemSchema.safeParse(item);
  return data?.user?.type === 'Bot' && (data.body ?? '').startsWith(marker);
}

const commentSchema = z.object({ id: z.number().int() });

/** Text of the first comment with the marker; undefined if no comment has the marker. */
export async function readComment(
  api: GitHubApi,
  pullRequest: number,
  marker: string,
): Promise<string | undefined> {
  const all = await api.list(`/issues/${pullRequest}/comments`);
  return itemSchema.safeParse(all.find((item) => isOwn(item, marker))).data?.body ?? undefined;
}

/**
 * Replaces the text of the bot comment that starts with `marker`, and deletes duplicates of the comment.
 * If no such comment exists, `create` decides whether the function creates the comment.
 */
export async function writeComment(
  api: GitHubApi,
  pullRequest: number,
  marker: string,
  body: string,
  { create }: { readonly create: boolean },
): Promise<'created' | 'updated' | 'not needed'> {
  return api.repeat(async () => {
    const all = await api.list(`/issues/${pullRequest}/comments`);
    const [first, ...others] = all
      .filter((item) => isOwn(item, marker))
      .map((item) => commentSchema.parse(item));
    for (const { id } of others) await api.request('DELETE', `/issues/comments/${id}`);
    if (first) {
      await api.request('PATCH', `/issues/comments/${first.id}`, { body });
      return 'updated';
    }
    if (!create) return 'not needed';
    await api.request('POST', `/issues/${pullRequest}/comments`, { body });
    return 'created';
  });
}

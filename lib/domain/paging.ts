/**
 * Two of the ways in which ContraForce pages a list, each reduced to "what to ask for next": an opaque page token (gamebook
 * history of one workspace), and a continuation token with `hasMore` (delivery logs). Numbered pages (gamebook history across
 * workspaces) move while they are read and are followed by lib/queries/gamebook-pages.ts. Whatever upstream says, a list ends:
 * an answer that names no new place is the last.
 */

/** The token to ask with next; null when there is none, or the same again. */
export function nextPageToken(token: string | null | undefined, asked: string | null): string | null {
  return token === null || token === undefined || token === "" || token === asked ? null : token;
}

/** As `nextPageToken`, where the answer also says whether there is more; "no" wins over a token. */
export function nextContinuation(
  page: { readonly continuationToken?: string | null; readonly hasMore?: boolean | null },
  asked: string | null,
): string | null {
  return page.hasMore === false ? null : nextPageToken(page.continuationToken, asked);
}

/**
 * The three ways in which ContraForce pages a list, each reduced to "what to ask for next": a page number with totals
 * (gamebook history across workspaces), an opaque page token (gamebook history of one workspace), and a continuation
 * token with `hasMore` (delivery logs). Whatever upstream says, a list ends: an answer that names no new place is the last.
 */

export interface NumberedPage {
  readonly currentPage?: number | null;
  readonly totalPages?: number | null;
  readonly hasNextPage?: boolean | null;
}

/**
 * The page number to ask for after the one that was asked for; null after the last.
 * @param asked the number asked for, which counts: some services repeat it wrongly in the answer
 * @param rows how many rows came: an empty page without a word about more is the last
 */
export function nextPageNumber(page: NumberedPage, asked: number, rows: number): number | null {
  const { hasNextPage, totalPages } = page;
  if (hasNextPage === false) return null;
  if (typeof totalPages === "number") return asked < totalPages ? asked + 1 : null;
  return hasNextPage === true && rows > 0 ? asked + 1 : null;
}

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

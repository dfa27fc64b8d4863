/** "run" and "runs". */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface Loaded {
  readonly loaded: number;
  /** In all, if known. */
  readonly total: number | null;
  readonly isComplete: boolean;
  readonly unreadableRows: number;
}

const figure = (count: number, noun: Noun) =>
  `${count.toLocaleString("en")} ${count === 1 ? noun.one : noun.many}`;

/** How much of a list is read: "100 of 1,204 runs read", "all 12 runs read", "at least 100 runs". Never a bare count. */
export function describeLoaded(list: Loaded, noun: Noun): string {
  const { loaded, total, isComplete, unreadableRows } = list;
  const said = isComplete
    ? loaded === 0
      ? `no ${noun.many}`
      : `${loaded === 1 ? "" : "all "}${figure(loaded, noun)} read`
    : total !== null && total > loaded
      ? `${loaded.toLocaleString("en")} of ${figure(total, noun)} read`
      : loaded === 0
        ? `no ${noun.many} read yet`
        : `at least ${figure(loaded, noun)}`;
  return unreadableRows > 0
    ? `${said}, ${figure(unreadableRows, { one: "row", many: "rows" })} unreadable`
    : said;
}

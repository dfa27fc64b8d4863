import { object } from "../object-reader";
import { flag, instant, list, optional, rows, text, reshaped, word } from "../readers";
import { dataTable } from "./table";

const logPage = { nextPageLink: text, message: text, canRetrieveData: flag };

/** `canRetrieveData: false` with a `message` means a missing licence or consent, not "no entries". */
const emptyLinkIsNone = <T extends { nextPageLink: string | null }>(page: T) => ({
  ...page,
  nextPageLink: page.nextPageLink === "" ? null : page.nextPageLink,
});

/** Sign-ins as a table whose columns upstream chooses. */
export const signinLogs = reshaped(object({ dataTable: optional(dataTable), ...logPage }), emptyLinkIsNone);
export type SigninLogs = ReturnType<typeof signinLogs>;

const directoryLog = object({
  date: instant,
  service: text,
  activity: text,
  category: text,
  status: text,
  statusReason: text,
  targetResources: list(word),
  targets: text,
  actor: text,
});

/** Directory audit entries: a list, unlike the sign-ins. */
export const directoryLogs = reshaped(object({ items: rows(directoryLog), ...logPage }), emptyLinkIsNone);
export type DirectoryLogs = ReturnType<typeof directoryLogs>;

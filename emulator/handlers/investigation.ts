import { type Call, type HandlersOf, ok } from "../api/handler";
import { invalid } from "../http/problem";
import { windowOf } from "../incidents/filter";
import { directoryItem, type Moment, momentsOf, signinColumns, signinRow } from "../logs/activity";
import { chance } from "../random/hash";

type LogCall = Call<"investigation.signinLogs" | "investigation.directoryLogs">;

const pageSize = 25;
const purpose = "log page";
/** The form in which Microsoft Graph writes its next links; the client must send it back whole. */
const linkPrefix = "https://graph.microsoft.com/v1.0/auditLogs?$top=25&$skiptoken=";

type Position = [kind: string, workspaceId: string, userId: string, from: number, to: number, skip: number];

interface LogPage {
  readonly moments: readonly Moment[];
  readonly nextPageLink: string | null;
  readonly message: string | null;
  readonly canRetrieveData: boolean;
}

function positionOf(call: LogCall, kind: string, userId: string): Position {
  const { NextPageLink: link, TimeFilteringType: type, StartDate, EndDate } = call.query;
  if (link !== undefined) {
    // What opens for this purpose was sealed below, so it is a position.
    const position = link.startsWith(linkPrefix)
      ? (call.world.tokens.open(purpose, link.slice(linkPrefix.length)) as Position | null)
      : null;
    if (
      position === null ||
      position[0] !== kind ||
      position[1] !== call.workspace.id ||
      position[2] !== userId
    )
      throw invalid({ NextPageLink: ["The next page link is not valid."] });
    return position;
  }
  const window = windowOf({ type, customStartUtc: StartDate, customEndUtc: EndDate }, call.now);
  if ("errors" in window) throw invalid(window.errors);
  return [kind, call.workspace.id, userId, window.from, window.to, 0];
}

/** A tenant without the licence answers 200 with a message and no data (a guess from `canRetrieveData`). */
function unlicensed(): LogPage {
  const message = "The tenant does not have a premium licence, which is required to read these logs.";
  return { moments: [], nextPageLink: null, message, canRetrieveData: false };
}

function pageOf(call: LogCall, kind: string): LogPage & { userId: string } {
  const userId = call.query.UserId;
  if (userId === undefined || userId === "") throw invalid({ UserId: ["A user id is required."] });
  if (chance(call.workspace.hash, 151, 0.15)) return { ...unlicensed(), userId };
  const position = positionOf(call, kind, userId);
  const [, , , from, to, skip] = position;
  const all = momentsOf(call.workspace, userId, kind, { from, to });
  const moments = all.slice(skip, skip + pageSize);
  const next: Position = [kind, call.workspace.id, userId, from, to, skip + pageSize];
  const hasMore = skip + pageSize < all.length;
  const nextPageLink = hasMore ? linkPrefix + call.world.tokens.seal(purpose, next) : null;
  return { moments, nextPageLink, message: null, canRetrieveData: true, userId };
}

export const investigationHandlers: HandlersOf<"investigation"> = {
  "investigation.signinLogs": (call) => {
    const { moments, nextPageLink, message, canRetrieveData } = pageOf(call, "signin");
    const rows = moments.map((moment) => signinRow(moment, call.workspace));
    const dataTable = canRetrieveData ? { columns: signinColumns, rows } : null;
    return ok({ dataTable, nextPageLink, message, canRetrieveData });
  },
  "investigation.directoryLogs": (call) => {
    const { moments, nextPageLink, message, canRetrieveData, userId } = pageOf(call, "directory");
    const items = moments.map((moment) => directoryItem(moment, userId));
    return ok({ items, nextPageLink, message, canRetrieveData });
  },
};

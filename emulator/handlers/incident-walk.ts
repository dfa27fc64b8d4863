import type { Call, Outcome } from "../api/handler";
import { ok } from "../api/handler";
import { leftOutOf } from "../api/left-out";
import { ApiProblem, invalid } from "../http/problem";
import { type IncidentFilter, Matcher, type Window, windowOf } from "../incidents/filter";
import { pageOf } from "../incidents/page";
import { filterName, openPosition, type PagePosition, sealPosition } from "../incidents/page-token";
import { incidentRow } from "../incidents/row";
import { findStream } from "../world/organisation";
import type { Stream, Stub } from "../world/model";

type WalkCall = Call<"incidents.acrossWorkspaces">;

interface Place {
  readonly stream: Stream;
  readonly window: Window;
  /** The last incident that was sent, `null` on the first call. */
  readonly below: { readonly at: number; readonly seq: number } | null;
}

/** The vendor's words, which clients may look for. */
const badTokens = () =>
  new ApiProblem(
    "VALIDATION_ERROR",
    "One or more pagination tokens are invalid. Use the tokens from the previous response unmodified.",
    {
      target: "workspacePageTokens",
      errors: { workspacePageTokens: ["One or more pagination tokens are invalid."] },
    },
  );

function filterOf(body: WalkCall["body"]): IncidentFilter {
  const { isFirstCall: _first, workspacePageTokens: _tokens, ...filter } = body;
  return filter;
}

/** Every stream that the credential sees and the filter takes, from the top of the window. */
function firstPlaces(call: WalkCall, filter: IncidentFilter): Place[] {
  const window = windowOf(filter.timeFilterSelection, call.now);
  if ("errors" in window) throw invalid(window.errors);
  const wanted = new Set(filter.sources ?? []);
  return call.visible
    .flatMap((workspace) => workspace.streams)
    .filter((stream) => wanted.size === 0 || wanted.has(stream.source))
    .map((stream) => ({ stream, window, below: null }));
}

function placeOf(call: WalkCall, workspaceId: string, source: string, token: string, name: string): Place {
  const position = openPosition(call.world.tokens, token);
  if (
    position === null ||
    position.organisation !== call.realm.organisation.key ||
    position.workspaceId !== workspaceId.toLowerCase() ||
    position.source !== source ||
    position.filter !== name
  )
    throw badTokens();
  const workspace = call.visible.find((candidate) => candidate.id === position.workspaceId);
  const stream = workspace === undefined ? null : findStream(workspace, source);
  if (stream === null) throw badTokens();
  return {
    stream,
    window: { from: position.from, to: position.to },
    below: { at: position.at, seq: position.seq },
  };
}

/** The places that the tokens name; each is proved by its token, which only `seal` can have written. */
function nextPlaces(call: WalkCall, name: string): Place[] {
  const seen = new Set<Stream>();
  const places: Place[] = [];
  for (const { workspaceId, sourceTokens } of call.body.workspacePageTokens) {
    for (const [source, token] of Object.entries(sourceTokens)) {
      const place = placeOf(call, workspaceId, source, token, name);
      if (seen.has(place.stream)) throw badTokens();
      seen.add(place.stream);
      places.push(place);
    }
  }
  return places;
}

interface Page {
  readonly rows: { readonly stream: Stream; readonly stub: Stub }[];
  /** Workspace id → source → token; a finished workspace is not in it. */
  readonly tokens: Map<string, Record<string, string>>;
}

function addToken(
  page: Page,
  call: WalkCall,
  place: Place,
  last: { at: number; seq: number },
  name: string,
): void {
  const workspaceId = place.stream.workspace.id;
  const position: PagePosition = {
    organisation: call.realm.organisation.key,
    workspaceId,
    source: place.stream.source,
    at: last.at,
    seq: last.seq,
    from: place.window.from,
    to: place.window.to,
    filter: name,
  };
  const tokens = page.tokens.get(workspaceId) ?? {};
  tokens[place.stream.source] = sealPosition(call.world.tokens, position);
  page.tokens.set(workspaceId, tokens);
}

function readPage(call: WalkCall, places: readonly Place[], filter: IncidentFilter, name: string): Page {
  const page: Page = { rows: [], tokens: new Map() };
  const telling = call.realm.telling(call.now);
  const isEmpty = call.world.faults.strike("emptyPage", call.scene) !== null;
  for (const place of places) {
    const matcher = new Matcher(filter, place.window, telling);
    const top = place.below ?? { at: place.window.to, seq: Number.MAX_SAFE_INTEGER };
    const { stubs, more } = pageOf(place.stream, matcher, place.below, call.world.pageSize);
    const last = stubs[stubs.length - 1];
    if (isEmpty) {
      if (last !== undefined) addToken(page, call, place, top, name);
      continue;
    }
    for (const stub of stubs) page.rows.push({ stream: place.stream, stub });
    if (more && last !== undefined) addToken(page, call, place, last, name);
  }
  return page;
}

/** One page over every stream of the credential: newest first within the page, tokens for what has more. */
export function walk(call: WalkCall): Outcome {
  const filter = filterOf(call.body);
  const name = filterName(filter);
  const isFollowUp = !call.body.isFirstCall && call.body.workspacePageTokens.length > 0;
  if (isFollowUp && call.world.faults.strike("rejectTokens", call.scene) !== null) throw badTokens();
  const places = call.body.isFirstCall ? firstPlaces(call, filter) : nextPlaces(call, name);
  const leftOut = leftOutOf(call);
  const page = readPage(
    call,
    places.filter((place) => !leftOut.stream(place.stream)),
    filter,
    name,
  );
  const telling = call.realm.telling(call.now);
  return ok({
    incidents: page.rows
      .sort((a, b) => b.stub.at - a.stub.at)
      .map(({ stream, stub }) => incidentRow(stream, stub, telling)),
    sourcePageTokens: [...page.tokens].map(([workspaceId, sourceTokens]) => ({ workspaceId, sourceTokens })),
    moreIncidentsAvailable: page.tokens.size > 0,
  });
}

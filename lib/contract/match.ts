import { type OperationId, operationIds, registry } from "./index";

export type Match =
  | { readonly id: OperationId; readonly params: Record<string, string> }
  | { readonly error: "unknown" | "method" | "malformed" };

interface Route {
  readonly segments: readonly string[];
  readonly operations: {
    readonly id: OperationId;
    readonly method: string;
    readonly names: readonly string[];
  }[];
}

/** Parameters whose value may hold `/` and `\`. They are encoded again when the address is built. */
const mayHoldSlashes = new Set(["incidentTitle"]);

const isParameter = (segment: string) => segment.startsWith("{");
const nameOf = (segment: string) => segment.slice(1, -1);

/** Literal before parameter, from the left: the vendor's `users/profile` wins over `users/{userId}`. */
function bySpecificity(one: Route, other: Route): number {
  for (const [index, segment] of one.segments.entries()) {
    const difference = Number(isParameter(segment)) - Number(isParameter(other.segments[index] ?? ""));
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Routes by number of segments. Templates that differ only in a parameter's name share a route. */
function compile(): Map<number, Route[]> {
  const routes = new Map<string, Route>();
  for (const id of operationIds) {
    const { method, path } = registry[id];
    const segments = path.slice(1).split("/");
    const shape = segments.map((segment) => (isParameter(segment) ? "{}" : segment)).join("/");
    const route = routes.get(shape) ?? { segments, operations: [] };
    route.operations.push({ id, method, names: segments.filter(isParameter).map(nameOf) });
    routes.set(shape, route);
  }
  const byLength = new Map<number, Route[]>();
  for (const route of routes.values()) {
    const sameLength = byLength.get(route.segments.length) ?? [];
    byLength.set(route.segments.length, [...sameLength, route].sort(bySpecificity));
  }
  return byLength;
}

const routesByLength = compile();

/** Decodes one segment exactly once; null for what no honest caller sends. */
function decodeSegment(rawSegment: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(rawSegment);
  } catch {
    return null;
  }
  if (decoded === "" || /\p{Cc}|\p{Cs}/u.test(decoded) || /^\.+(?:;|$)/.test(decoded)) return null;
  return decoded;
}

/** Still-encoded path below the base → decoded segments, or null when it is malformed. */
function decodePath(rawPath: string): string[] | null {
  if (!rawPath.startsWith("/") || /[?#\\]/.test(rawPath)) return null;
  const segments: string[] = [];
  for (const rawSegment of rawPath.slice(1).split("/")) {
    const decoded = decodeSegment(rawSegment);
    if (decoded === null) return null;
    segments.push(decoded);
  }
  return segments;
}

const fits = (route: Route, segments: readonly string[]) =>
  route.segments.every((expected, index) => isParameter(expected) || expected === segments[index]);

function allowsSlashes(route: Route | undefined, index: number): boolean {
  const segment = route?.segments[index] ?? "";
  return isParameter(segment) && mayHoldSlashes.has(nameOf(segment));
}

/**
 * Which operation a call is. Values come back decoded once and are not yet checked by the operation's `params`.
 * @param method compared exactly, upper case
 * @param rawPath path below the base address, still percent-encoded, as `/workspaces/…`
 * @returns `malformed` for empty or dot segments, control characters, bad encoding, `\`, `?`, `#`, and for a `/` or
 *   `\` inside a segment where no parameter allows it; `unknown` when no template has this form; `method` when one
 *   has, for other methods
 */
export function matchOperation(method: string, rawPath: string): Match {
  const segments = decodePath(rawPath);
  if (segments === null) return { error: "malformed" };
  const route = routesByLength.get(segments.length)?.find((candidate) => fits(candidate, segments));
  if (segments.some((segment, index) => /[/\\]/.test(segment) && !allowsSlashes(route, index)))
    return { error: "malformed" };
  if (!route) return { error: "unknown" };
  const operation = route.operations.find((each) => each.method === method);
  if (!operation) return { error: "method" };
  const values = segments.filter((_, index) => isParameter(route.segments[index] ?? ""));
  const params: Record<string, string> = {};
  for (const [index, name] of operation.names.entries()) params[name] = values[index] ?? "";
  return { id: operation.id, params };
}

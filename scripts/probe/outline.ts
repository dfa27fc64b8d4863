/**
 * The outline of a JSON value: names and types, never values, so that a probe's report can be shared.
 * Arrays show the outlines of their first items joined; texts that look like an enumeration member may be listed by `enums`.
 */
export function outline(value: unknown, depth = 5): unknown {
  if (value === null) return "null";
  if (Array.isArray(value))
    return depth === 0
      ? "[…]"
      : value.length === 0
        ? []
        : [merge(value.slice(0, 20).map((item) => outline(item, depth - 1)))];
  if (typeof value === "object") {
    if (depth === 0) return "{…}";
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, outline(member, depth - 1)]),
    );
  }
  if (typeof value === "string") return describeText(value);
  return typeof value;
}

function describeText(text: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return "uuid";
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return `date-time (${text.replaceAll(/\d/g, "9")})`;
  if (/^-?\d+$/.test(text)) return "digits as text";
  return "text";
}

/** One outline that shows everything its parts show. */
function merge(outlines: unknown[]): unknown {
  const objects = outlines.filter(
    (item): item is Record<string, unknown> =>
      typeof item === "object" && item !== null && !Array.isArray(item),
  );
  if (objects.length !== outlines.length) {
    const distinct = [...new Set(outlines.map((item) => JSON.stringify(item)))];
    return distinct.length === 1 ? outlines[0] : distinct.map((text) => JSON.parse(text) as unknown);
  }
  const keys = [...new Set(objects.flatMap((item) => Object.keys(item)))];
  return Object.fromEntries(
    keys.map((key) => [key, merge(objects.filter((item) => key in item).map((item) => item[key]))]),
  );
}

const enumerated =
  /^(status|severity|source|classification|classificationReason|type|kind|role|organi[sz]ationalRole|organizationRole|connectorType|entityType|appRole|assignmentType|code|state)$/;

/** Values of members that the vendor's documentation calls enumerations: `member` → the distinct words met. */
export function enumerations(
  value: unknown,
  found = new Map<string, Set<string>>(),
): Map<string, Set<string>> {
  if (Array.isArray(value)) for (const item of value) enumerations(item, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (enumerated.test(key) && typeof member === "string" && /^[A-Za-z]{1,40}$/.test(member))
        found.set(key, (found.get(key) ?? new Set()).add(member));
      else enumerations(member, found);
    }
  }
  return found;
}

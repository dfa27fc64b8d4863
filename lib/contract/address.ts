/** First part of an operation's id: "incidents" of `incidents.get`. */
export const domainOf = (id: string): string => id.slice(0, id.indexOf("."));

/** No control characters, no lone surrogates (encodeURIComponent would throw on them). */
const unprintable = /[\p{Cc}\p{Cs}]/u;
/** `.`, `..` and what some servers read as such before a path parameter (`..;x`). */
const dots = /^\.+(?:;|$)/;

function encodeParameter(name: string, value: string | undefined): string {
  if (value === undefined || value === "") throw new TypeError(`path parameter ${name} is missing`);
  if (unprintable.test(value))
    throw new TypeError(`path parameter ${name} holds characters that cannot be sent`);
  if (dots.test(value)) throw new TypeError(`path parameter ${name} would change the path`);
  return encodeURIComponent(value);
}

/**
 * The path of a call: the template with each `{name}` replaced by its percent-encoded parameter, so that no value
 * can leave its segment.
 * @throws TypeError for a parameter that is missing, empty, unprintable or made of dots
 */
export function buildPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeParameter(name, Object.hasOwn(params, name) ? params[name] : undefined),
  );
}

function encodePair(key: string, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
    throw new TypeError(`query parameter ${key} is neither text, number nor boolean`);
  return `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`;
}

/**
 * The query of a call with its leading `?`, or the empty text when nothing is asked. Arrays repeat the key; null and
 * undefined are left out. `+` travels as `%2B`, so a `+00:00` offset survives.
 */
export function buildQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) for (const item of value) pairs.push(encodePair(key, item));
    else pairs.push(encodePair(key, value));
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

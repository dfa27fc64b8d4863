import type { Faults, FaultScene } from "./faults";

type Plain = Record<string, unknown>;

/** Objects whose keys are data (ids, source names, settings) and not members. */
const maps = new Set(["sourceTokens", "parameters", "eventSubjectAttributes", "errors"]);

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Visit = (value: unknown, key: string, depth: number) => unknown;

/** Rebuilds a JSON value bottom-up. `depth` is 0 for `data` itself; `key` is empty for it and for list items. */
function rebuild(value: unknown, visit: Visit, key = "", depth = 0): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => rebuild(item, visit, "", depth + 1));
    return visit(items, key, depth);
  }
  if (!isPlain(value) || maps.has(key)) return visit(value, key, depth);
  const members = Object.entries(value).map(([name, member]) => [
    name,
    rebuild(member, visit, name, depth + 1),
  ]);
  return visit(Object.fromEntries(members), key, depth);
}

const unknownWords: Readonly<Record<string, string>> = {
  severity: "Critical",
  status: "AwaitingVendor",
  classification: "SuspectedDuplicate",
  classificationReason: "PolicyDrift",
  type: "Workload",
  kind: "ContainerImage",
  entityType: "Workload",
  connectorType: "QuantumFeed",
  role: "NightWatch",
  organizationalRole: "Auditor",
  organizationRole: "Auditor",
  authenticationType: "MutualTls",
  urgency: "Blocker",
};

const withUnknownWords: Visit = (value, key) => {
  const word = unknownWords[key];
  return typeof value === "string" && word !== undefined ? word : value;
};

/** Lists that a lazy serializer leaves null, beside all empty ones. */
const nullable = new Set([
  "tactics",
  "ruleIds",
  "alertProductNames",
  "entities",
  "groups",
  "playbooks",
  "alerts",
  "notes",
  "comments",
]);

const withNullLists: Visit = (value, key, depth) =>
  Array.isArray(value) && (value.length === 0 || (depth > 1 && nullable.has(key))) ? null : value;

const withDigitTexts: Visit = (value) =>
  typeof value === "number" && Number.isInteger(value) ? String(value) : value;

const withExtraMembers: Visit = (value, key) =>
  isPlain(value) && !maps.has(key)
    ? { ...value, undocumentedFlag: true, undocumentedObject: { since: "2027-01", list: [1, null, "x"] } }
    : value;

const idMembers = ["id", "dataConnectorId", "userId"];

function withoutId(row: Plain): Plain {
  const name = idMembers.find((candidate) => Object.hasOwn(row, candidate));
  if (name === undefined) return row;
  const { [name]: _id, ...rest } = row;
  return { ...rest, [name]: null };
}

/** Damages rows of the reply's own list: `data` itself, or the first list member of it. */
function withBadRows(data: unknown, draw: () => boolean): unknown {
  const damage = (list: readonly unknown[]) =>
    list.map((row) => (isPlain(row) && draw() ? withoutId(row) : row));
  if (Array.isArray(data)) return damage(data);
  if (!isPlain(data)) return data;
  const members = Object.entries(data);
  const rows = members.find(([name, value]) => Array.isArray(value) && name !== "sourcePageTokens");
  return rows === undefined ? data : { ...data, [rows[0]]: damage(rows[1] as unknown[]) };
}

/** Members that name, address or date a thing: with another text in them the reply would be about something else. */
const notWritten = /(id|ids|source|sources|token|tokens|link|url|date|time|utc|number)$/i;
const isMoment = /[a-z](At|On)$/;
const isName = (text: string) => /^[\da-f]{8}-[\da-f-]{27}$|^\d{4}-\d\d-\d\dT|^\d+$/i.test(text);

function withTexts(texts: readonly string[]): Visit {
  let next = 0;
  const take = () => texts[next++ % texts.length];
  return (value, key) => {
    if (Array.isArray(value))
      return value.map((item: unknown) => (typeof item === "string" && !isName(item) ? take() : item));
    const isText = typeof value === "string" && value !== "" && key !== "";
    return isText && !isName(value) && !notWritten.test(key) && !isMoment.test(key) ? take() : value;
  };
}

/** Applies the faults that spoil the form of a reply and leave its meaning. */
export function mutateData(faults: Faults, scene: FaultScene, data: unknown): unknown {
  let result = data;
  const bad = faults.standing("badRow", scene);
  if (bad !== null) result = withBadRows(result, () => faults.draw(bad.rate ?? 1));
  if (faults.strike("unknownEnums", scene) !== null) result = rebuild(result, withUnknownWords);
  if (faults.strike("digitStrings", scene) !== null) result = rebuild(result, withDigitTexts);
  if (faults.strike("extraFields", scene) !== null) result = rebuild(result, withExtraMembers);
  const written = faults.strike("texts", scene);
  if (written !== null) result = rebuild(result, withTexts(written.texts));
  if (faults.strike("nullLists", scene) !== null) result = rebuild(result, withNullLists);
  return result;
}

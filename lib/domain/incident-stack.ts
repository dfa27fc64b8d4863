import { printPin } from "./incident-pin";
import type { ViewFilter } from "./incident-view";
import { ruleName, spellOut } from "./incident-view-words";
import { type Stack, type StackKind } from "./register";

export const stackKindNames: Record<StackKind, string> = {
  title: "Title",
  rule: "Rule",
  workspace: "Workspace",
  entity: "Entity",
  product: "Product",
};

const nouns: Record<StackKind, readonly [one: string, many: string]> = {
  title: ["title", "titles"],
  rule: ["rule", "rules"],
  workspace: ["workspace", "workspaces"],
  entity: ["entity", "entities"],
  product: ["product", "products"],
};

const counted = (n: number, [one, many]: readonly [string, string]) =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** The filter narrowed to the incidents of a stack and no others; null where its value is too long to be searched for. */
export function narrowedTo(
  filter: ViewFilter,
  by: StackKind,
  { value }: Pick<Stack, "value">,
): ViewFilter | null {
  if (by === "workspace") return { ...filter, workspaces: { mode: "any", values: [value] } };
  if (by === "product") return { ...filter, products: { mode: "any", values: [value] } };
  const pin = printPin({ kind: by, value });
  if (pin === null) return null;
  const words = filter.text.includes(pin) ? filter.text : `${filter.text} ${pin}`.trim();
  return { ...filter, text: words };
}

/** What a stack is called, and what more there is to say of it. */
export function describeStack(by: StackKind, { name, entityKind, customers }: Stack) {
  const kind = by === "entity" ? spellOut(entityKind || "Entity") : null;
  const at = by === "workspace" ? null : counted(customers, ["customer", "customers"]);
  return {
    name: by === "rule" ? ruleName(name) : name,
    about: [kind, at].filter((part) => part !== null).join(" · "),
  };
}

/** What the stacks are made of: "3,908 incidents, 212 titles; 4 without a title". */
export function describeStacks(
  by: StackKind,
  figures: { readonly total: number; readonly kinds: number; readonly without: number },
  isLeast: boolean,
): string {
  const { total, kinds, without } = figures;
  const least = isLeast ? "At least " : "";
  const head = `${least}${counted(total, ["incident", "incidents"])}, ${counted(kinds, nouns[by])}`;
  return without === 0
    ? head
    : `${head}; ${without.toLocaleString("en")} without ${by === "entity" ? "an" : "a"} ${nouns[by][0]}`;
}

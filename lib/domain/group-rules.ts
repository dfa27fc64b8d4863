import { type Role, roles } from "./access";
import { isOrganisationSlug } from "./organisation-slug";

/** What the members of one group of the identity provider may do in one organisation. */
export interface GroupRule {
  readonly group: string;
  readonly organisationSlug: string;
  readonly role: Role;
  /** Name of the workspace group that they are limited to; null for all workspaces. */
  readonly workspaceGroup: string | null;
}

/** What a person's groups give them in one organisation. */
export interface Grant {
  readonly role: Role;
  /** Names of workspace groups; null for all workspaces. */
  readonly workspaceGroups: readonly string[] | null;
}

/**
 * Reads `group = organisation : role [: workspace group]`, rules separated by semicolons.
 * Null when a rule cannot be read: half a rule must not give half a right.
 */
export function parseGroupRules(text: string): readonly GroupRule[] | null {
  const rules: GroupRule[] = [];
  for (const part of text.split(";").filter((rule) => rule.trim() !== "")) {
    const at = part.lastIndexOf("=");
    const group = part.slice(0, Math.max(at, 0)).trim();
    const [organisationSlug = "", named = "", workspaceGroup = null, ...rest] = part
      .slice(at + 1)
      .split(":")
      .map((word) => word.trim());
    const role = roles.find((known) => known === named);
    const isWhole = group !== "" && isOrganisationSlug(organisationSlug) && rest.length === 0;
    if (!isWhole || role === undefined || workspaceGroup === "") return null;
    rules.push({ group, organisationSlug, role, workspaceGroup });
  }
  return rules.length === 0 ? null : rules;
}

/** The groups in a claim: a list of texts, or one text. Anything else counts as none. */
export function groupsOfClaim(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.filter((group) => typeof group === "string");
}

/**
 * What these groups give in an organisation: the strongest role, and the workspaces of the rules that give this role. A wider scope of a
 * weaker role is not mixed in, because a membership has one role for all that it sees. Null when no rule fits.
 */
export function grantOf(
  rules: readonly GroupRule[],
  organisationSlug: string,
  groups: readonly string[],
): Grant | null {
  const fitting = rules.filter(
    (rule) => rule.organisationSlug === organisationSlug && groups.includes(rule.group),
  );
  const role = roles.findLast((known) => fitting.some((rule) => rule.role === known));
  if (role === undefined) return null;
  const names = fitting.filter((rule) => rule.role === role).map((rule) => rule.workspaceGroup);
  return { role, workspaceGroups: names.includes(null) ? null : names.filter((name) => name !== null) };
}

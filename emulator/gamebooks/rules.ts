import { templatesOf } from "../data/templates/catalogue";
import type { IncidentTemplate } from "../data/templates/template";
import type { Workspace } from "../world/model";
import { playbookKind, referenceIdOf } from "./catalogue";

function pattern(title: string): RegExp {
  const parts = title.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]+")}$`, "i");
}

const known: readonly { readonly pattern: RegExp; readonly template: IncidentTemplate }[] = Object.values(
  templatesOf,
)
  .flat()
  .map((template) => ({ pattern: pattern(template.title), template }));

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly entityType: string;
  readonly isRecommended: boolean;
  readonly sequence: number;
  readonly isAdminRequired: boolean;
  readonly parameters: Record<string, unknown> | null;
}

/** Playbooks that the provider's content names for an incident title; none for a title that no detection writes. */
export function rulesFor(title: string, workspace: Workspace): readonly Rule[] {
  const names = new Set(
    known.filter((entry) => entry.pattern.test(title)).flatMap((entry) => entry.template.playbooks),
  );
  return [...names].map((name, index) => {
    const kind = playbookKind(name);
    return {
      id: referenceIdOf(name),
      name,
      description: kind.description,
      entityType: kind.entityType,
      isRecommended: index === 0,
      sequence: index + 1,
      isAdminRequired: kind.isAdminRequired,
      parameters: kind.isAdminRequired ? { approver: "workspace owner", workspace: workspace.name } : null,
    };
  });
}

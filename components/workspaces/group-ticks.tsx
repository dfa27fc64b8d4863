"use client";

import { Ticks } from "@/components/data/ticks";
import type { GroupProfile } from "@/lib/domain/workspace-profile";

export interface GroupTicksProps {
  readonly legend: string;
  readonly groups: readonly GroupProfile[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** Said where there is none to choose from. */
  readonly none?: string;
  readonly error?: string;
}

/** Groups to choose from. What people see rests on some of them: that is said, and only who may give rights can choose those. */
export function GroupTicks({
  legend,
  groups,
  chosen,
  onChange,
  none = "There is no group yet.",
  error,
}: GroupTicksProps) {
  const own = groups.filter(({ mayChange }) => mayChange);
  const kept = groups.filter(({ mayChange }) => !mayChange);
  const grants = own.some(({ isForSight }) => isForSight);
  return (
    <div>
      <Ticks
        legend={legend}
        options={own.map(({ id, name, isForSight }) => ({
          id,
          label: isForSight ? `${name} (gives sight)` : name,
        }))}
        chosen={chosen.filter((id) => own.some((group) => group.id === id))}
        onChange={(next) =>
          onChange([...next, ...chosen.filter((id) => kept.some((group) => group.id === id))])
        }
        none={groups.length === 0 ? none : "There is no group that you can change."}
        error={error}
      />
      {grants ? (
        <p className="mt-1 text-12 text-pretty text-quiet">
          People are limited to the groups that give sight: they will see what is put in.
        </p>
      ) : null}
      {kept.length > 0 ? (
        <p className="mt-1 text-12 text-pretty text-quiet">
          What people see rests on {kept.map(({ name }) => name).join(", ")}: an administrator who sees all
          workspaces changes that.
        </p>
      ) : null}
    </div>
  );
}

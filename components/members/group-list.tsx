"use client";

import { Section } from "@/components/ui/section";
import { Button } from "@/components/ui/button";
import type { PartProps } from "./member-table";
import { scopeWords } from "./words";

/** The workspace groups that members may be limited to. */
export function GroupList({ view, workspaces, onOpen }: PartProps) {
  return (
    <Section
      title="Workspace groups"
      about="Limit several people to the same workspaces, and change them in one place."
      actions={<Button onClick={() => onOpen({ kind: "group", group: null })}>Make a group</Button>}
    >
      {view.groups.length === 0 ? <p className="text-13 text-quiet">There is no group yet.</p> : null}
      <ul className="text-13">
        {view.groups.map((group) => (
          <li
            key={group.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="truncate font-medium text-strong">{group.name}</p>
              <p className="text-12 wrap-anywhere text-quiet">
                {scopeWords({ kind: "list", workspaceIds: group.workspaceIds }, view.groups, workspaces)}
              </p>
            </div>
            <Button aria-label={`Change ${group.name}`} onClick={() => onOpen({ kind: "group", group })}>
              Change
            </Button>
            <Button
              aria-label={`Delete ${group.name}`}
              onClick={() =>
                onOpen({
                  kind: "confirm",
                  question: {
                    title: `Delete the group ${group.name}?`,
                    about: "This works only while nobody is limited to it.",
                    verb: `Delete ${group.name}`,
                    tone: "danger",
                    act: { act: "drop-group", id: group.id },
                  },
                })
              }
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

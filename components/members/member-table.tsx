"use client";

import { Ban, Ellipsis, MonitorSmartphone, Pencil, UserCheck, UserMinus } from "lucide-react";
import { Section } from "@/components/ui/section";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { MembersView, MemberView } from "@/lib/domain/members";
import type { WorkspaceListItem } from "@/lib/domain/workspace-list";
import type { Opened } from "./opened";
import { roleWords, scopeWords } from "./words";

export interface PartProps {
  readonly view: MembersView;
  readonly workspaces: readonly WorkspaceListItem[];
  readonly onOpen: (opened: Opened) => void;
}

const labelOf = (role: MemberView["role"]) => roleWords.find((words) => words.role === role)?.label ?? role;

/** Who is a member, with which role and sight. */
export function MemberTable({ view, workspaces, onOpen }: PartProps) {
  const formatTime = useFormatTime();
  return (
    <Section
      title="Members"
      about="What is changed here acts within seconds, on open pages too. A disabled member keeps the account and sees nothing here."
      actions={
        <Button variant="primary" onClick={() => onOpen({ kind: "person", member: null })}>
          Invite a person
        </Button>
      }
    >
      <table className="w-full text-left text-13">
        <thead className="text-12 text-quiet">
          <tr className="border-b border-line">
            <th className="py-1.5 pr-3 font-medium">Person</th>
            <th className="py-1.5 pr-3 font-medium">Role</th>
            <th className="py-1.5 pr-3 font-medium max-sm:hidden">Sees</th>
            <th className="py-1.5 pr-3 font-medium max-md:hidden">Last here</th>
            <th className="w-8">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {view.members.map((member) => {
            const sees = scopeWords(member.scope, view.groups, workspaces);
            return (
              <tr key={member.personId} className="border-b border-line align-top last:border-b-0">
                <td className="max-w-0 py-2 pr-3">
                  <p className="truncate font-medium text-strong">
                    {member.name}
                    {member.isYou ? " (you)" : ""}
                  </p>
                  <p className="truncate text-12 text-quiet">{member.email}</p>
                  <p className="truncate text-12 text-quiet sm:hidden">{sees}</p>
                </td>
                <td className="w-28 py-2 pr-3 text-normal">
                  {labelOf(member.role)}
                  {member.disabledAt ? <span className="block text-12 text-danger">Disabled</span> : null}
                </td>
                <td className="w-60 py-2 pr-3 wrap-anywhere text-normal max-sm:hidden">{sees}</td>
                <td className="w-44 py-2 pr-3 text-quiet tabular-nums max-md:hidden">
                  {member.lastSeenAt ? formatTime(member.lastSeenAt) : "Never"}
                </td>
                <td className="py-1">
                  <MemberMenu member={member} onOpen={onOpen} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

function MemberMenu({
  member,
  onOpen,
}: {
  readonly member: MemberView;
  readonly onOpen: PartProps["onOpen"];
}) {
  const { personId, name, role, scope } = member;
  const isDisabled = member.disabledAt !== null;
  const items: readonly (MenuItem | "separator")[] = [
    { label: "Change role and sight", icon: Pencil, run: () => onOpen({ kind: "person", member }) },
    { label: "Sessions", icon: MonitorSmartphone, run: () => onOpen({ kind: "sessions", member }) },
    "separator",
    {
      label: isDisabled ? "Enable" : "Disable",
      icon: isDisabled ? UserCheck : Ban,
      run: () =>
        onOpen({
          kind: "confirm",
          question: {
            title: `${isDisabled ? "Enable" : "Disable"} ${name}?`,
            about: isDisabled
              ? `${name} can use this organisation again, with the role and sight from before.`
              : `${name} loses this organisation within seconds. Role and sight are kept, so that it can be undone.`,
            verb: `${isDisabled ? "Enable" : "Disable"} ${name}`,
            tone: isDisabled ? "primary" : "danger",
            act: { act: "change", personId, role, scope, isDisabled: !isDisabled },
          },
        }),
    },
    {
      label: "Remove",
      icon: UserMinus,
      danger: true,
      run: () =>
        onOpen({
          kind: "confirm",
          question: {
            title: `Remove ${name} from the organisation?`,
            about: `${name} loses this organisation within seconds and comes back by a new invitation only. The account stays.`,
            verb: `Remove ${name}`,
            tone: "danger",
            act: { act: "remove", id: personId },
          },
        }),
    },
  ];
  return (
    <Menu
      label={`Actions on ${name}`}
      align="end"
      items={items}
      trigger={(props) => <IconButton {...props} icon={Ellipsis} label={`Actions on ${name}`} />}
    />
  );
}

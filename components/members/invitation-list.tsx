"use client";

import { Section } from "@/components/ui/section";
import { useClock } from "@/components/shell/clock";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import type { PartProps } from "./member-table";
import { roleWords, scopeWords } from "./words";

/** Who was invited and has not come yet. */
export function InvitationList({ view, workspaces, onOpen }: PartProps) {
  const formatTime = useFormatTime();
  const nowMs = useClock(60_000);
  if (view.invitations.length === 0) return null;
  return (
    <Section
      title="Open invitations"
      about="The link of each was shown once. Inviting again makes a new one."
    >
      <ul className="text-13">
        {view.invitations.map(({ id, email, role, scope, expiresAt, invitedBy }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2">
            <div className="min-w-0 flex-1 basis-60">
              <p className="truncate font-medium text-strong">{email}</p>
              <p className="text-12 text-quiet">
                {roleWords.find((words) => words.role === role)?.label} ·{" "}
                {scopeWords(scope, view.groups, workspaces)}
                {invitedBy ? ` · by ${invitedBy}` : ""} ·{" "}
                {Date.parse(expiresAt) <= nowMs ? "expired" : "until"} {formatTime(expiresAt)}
              </p>
            </div>
            <Button
              aria-label={`Withdraw the invitation of ${email}`}
              onClick={() =>
                onOpen({
                  kind: "confirm",
                  question: {
                    title: `Withdraw the invitation of ${email}?`,
                    about: "Its link stops working at once.",
                    verb: `Withdraw ${email}`,
                    tone: "danger",
                    act: { act: "withdraw", id },
                  },
                })
              }
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

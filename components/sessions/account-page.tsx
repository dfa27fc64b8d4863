"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ReadPage } from "@/components/data/read-page";
import { usePageTitle } from "@/components/shell/page-title";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { Fact, Facts, Section } from "@/components/ui/section";
import type { SessionsView } from "@/lib/domain/sessions";
import { sessionsQuery } from "@/lib/queries/sessions";
import type { Ending } from "./end-dialog";
import { endable } from "./endable";
import { SessionList } from "./session-list";

const EndDialog = onDemand(() => import("./end-dialog").then((module) => module.EndDialog));

/** Who is signed in, and where else: one's own open sessions, which can be ended. */
export function AccountPage() {
  usePageTitle("Your account");
  const { organisation } = useSession();
  return (
    <ReadPage query={useQuery(sessionsQuery(organisation.slug, null))} reading="Reading your sessions">
      {(view) => <Loaded org={organisation.slug} view={view} />}
    </ReadPage>
  );
}

function Loaded({ org, view }: { readonly org: string; readonly view: SessionsView }) {
  const { person, role, organisation } = useSession();
  const [ending, setEnding] = useState<Ending | null>(null);
  const others = endable(view);
  return (
    <>
      <Section title="You">
        <Facts>
          <Fact name="Name">{person.name || "Not given"}</Fact>
          <Fact name="E-mail">{person.email}</Fact>
          <Fact name="Role here">
            {role} at {organisation.name}
          </Fact>
        </Facts>
      </Section>
      <Section
        title="Your sessions"
        about="Where you are signed in, in all your organisations. The browser's name is what it says of itself. Sign out what you do not know, and tell your administrator."
        actions={
          others > 0 ? (
            <Button onClick={() => setEnding({ kind: "all", count: others })}>Sign out all others</Button>
          ) : null
        }
      >
        <SessionList view={view} name={null} onEnd={(session) => setEnding({ kind: "one", session })} />
        {others === 0 ? <p className="mt-2 text-13 text-normal">You are signed in here only.</p> : null}
      </Section>
      {ending ? <EndDialog org={org} member={null} ending={ending} onClose={() => setEnding(null)} /> : null}
    </>
  );
}

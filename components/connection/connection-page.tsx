"use client";

import { useQuery } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { useState } from "react";
import { ReadPage } from "@/components/data/read-page";
import { NeedsPermission } from "@/components/shell/needs-permission";
import { useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { onDemand } from "@/components/ui/on-demand";
import type { ConnectionView } from "@/lib/domain/connection";
import { connectionQuery, useConnectionTest } from "@/lib/queries/connection";
import { CollectorSection } from "./collector-section";
import { ConnectionFacts } from "./connection-facts";
import { Mirror } from "./mirror";
import { Rotation } from "./rotation";

const AccountDialog = onDemand(() => import("./account-dialog").then((module) => module.AccountDialog));

/** How the organisation reaches ContraForce: address and service account, what it may do, its rotation. */
export function ConnectionPage() {
  return (
    <NeedsPermission permission="connection:manage" title="The connection is for administrators">
      <Managed />
    </NeedsPermission>
  );
}

function Managed() {
  const org = useSession().organisation.slug;
  return (
    <ReadPage query={useQuery(connectionQuery(org))} reading="Reading the connection">
      {(view) => <Loaded org={org} view={view} />}
    </ReadPage>
  );
}

function Loaded({ org, view }: { readonly org: string; readonly view: ConnectionView }) {
  const [dialog, setDialog] = useState<"replace" | "add" | null>(null);
  const test = useConnectionTest(org);
  const { connection } = view;
  return (
    <>
      {connection ? (
        <>
          <ConnectionFacts
            connection={connection}
            health={view.health}
            onChange={() => setDialog("replace")}
          />
          <Mirror test={test} />
          <CollectorSection org={org} />
          <Rotation org={org} connection={connection} test={test} onAdd={() => setDialog("add")} />
        </>
      ) : (
        <EmptyState
          icon={PlugZap}
          title="This organisation is not connected to ContraForce yet"
          action={
            <Button variant="primary" onClick={() => setDialog("replace")}>
              Enter a service account
            </Button>
          }
        >
          Make a service account in ContraForce with the read scopes you want to see here, and a role in each
          workspace.
        </EmptyState>
      )}
      {dialog ? (
        <AccountDialog
          org={org}
          kind={dialog}
          baseUrl={connection?.baseUrl ?? null}
          confirmBy={view.confirmBy}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}

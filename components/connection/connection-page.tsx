"use client";

import { useQuery } from "@tanstack/react-query";
import { LockKeyhole, PlugZap } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { FailureCallout, FailurePanel } from "@/components/data/failure-panel";
import { useCan, useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConnectionView } from "@/lib/domain/connection";
import { connectionQuery, useConnectionTest } from "@/lib/queries/connection";
import { ConnectionFacts } from "./connection-facts";
import { Mirror } from "./mirror";
import { Rotation } from "./rotation";

const AccountDialog = dynamic(() => import("./account-dialog").then((module) => module.AccountDialog), {
  ssr: false,
});

/** How the organisation reaches ContraForce: address and service account, what it may do, its rotation. */
export function ConnectionPage() {
  const mayManage = useCan("connection:manage");
  const { role } = useSession();
  if (!mayManage)
    return (
      <EmptyState icon={LockKeyhole} title="The connection is for administrators">
        Your role here is {role}; it does not include the permission connection:manage. An administrator of
        this organisation can change your role.
      </EmptyState>
    );
  return <Managed />;
}

function Managed() {
  const org = useSession().organisation.slug;
  const view = useQuery(connectionQuery(org));
  const again = () => void view.refetch();
  if (view.data)
    return (
      <div className="mx-auto w-full max-w-240 px-4 py-5 sm:px-6">
        {view.error ? (
          <FailureCallout
            error={view.error}
            onRetry={again}
            unaffected="What is shown was read before."
            className="mb-4"
          />
        ) : null}
        <Loaded org={org} view={view.data} />
      </div>
    );
  if (view.error) return <FailurePanel error={view.error} onRetry={again} />;
  return <Waiting />;
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

/** In the places and sizes of what is being read. */
function Waiting() {
  return (
    <div
      className="mx-auto w-full max-w-240 px-4 py-5 sm:px-6"
      role="status"
      aria-label="Reading the connection"
    >
      <Skeleton className="mb-4 h-6 w-40" />
      {Array.from({ length: 5 }, (_, line) => (
        <Skeleton key={line} className="mb-3 h-4 w-full max-w-140" />
      ))}
      <Skeleton className="mt-8 mb-4 h-6 w-56" />
      <Skeleton className="h-32 w-full" />
    </div>
  );
}

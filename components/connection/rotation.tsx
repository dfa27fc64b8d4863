"use client";

import { useState } from "react";
import { useFormatTime } from "@/components/data/use-format-time";
import { useClock } from "@/components/shell/clock";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import type { BesideView, ConnectionView } from "@/lib/domain/connection";
import type { useConnectionTest } from "@/lib/queries/connection";
import { ClientId } from "./connection-facts";
import { Section } from "@/components/ui/section";

const CredentialDialog = onDemand(() =>
  import("./credential-dialog").then((module) => module.CredentialDialog),
);

export interface RotationProps {
  readonly org: string;
  readonly connection: NonNullable<ConnectionView["connection"]>;
  readonly test: ReturnType<typeof useConnectionTest>;
  readonly onAdd: () => void;
}

/** A new secret without a gap: enter a second credential, switch, retire the replaced one. */
export function Rotation({ org, connection, test, onAdd }: RotationProps) {
  const [asked, setAsked] = useState<"switch" | "retire" | null>(null);
  const { beside } = connection;
  return (
    <Section
      title="Rotation"
      about="Two credentials side by side, so that no call fails while the secret is changed: issue a new one in ContraForce, enter it here, switch to it, then revoke the old one there and retire it here."
      actions={beside ? null : <Button onClick={onAdd}>Enter a second credential</Button>}
    >
      {beside ? (
        <Beside
          beside={beside}
          onSwitch={() => setAsked("switch")}
          onRetire={() => setAsked("retire")}
          onTest={() => test.mutate("beside")}
          isTesting={test.isPending}
        />
      ) : (
        <p className="text-13 text-quiet">One credential is stored. No rotation is under way.</p>
      )}
      {asked && beside ? (
        <CredentialDialog
          org={org}
          act={asked}
          current={connection.current}
          beside={beside}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </Section>
  );
}

interface BesideProps {
  readonly beside: BesideView;
  readonly onSwitch: () => void;
  readonly onRetire: () => void;
  readonly onTest: () => void;
  readonly isTesting: boolean;
}

function Beside({ beside, onSwitch, onRetire, onTest, isTesting }: BesideProps) {
  const formatTime = useFormatTime();
  const nowMs = useClock(1_000);
  const isWaiting = beside.state === "waiting";
  const waitMs = beside.retireFrom ? Date.parse(beside.retireFrom) - nowMs : 0;
  return (
    <div className="border-l-2 border-accent pl-4 text-13">
      <p className="font-medium text-strong">
        {isWaiting
          ? "Step 2 of 3: switch to the second credential"
          : "Step 3 of 3: retire the replaced credential"}
      </p>
      <p className="mt-1 text-normal">
        <ClientId end={beside.clientIdEnd} />, entered {formatTime(beside.enteredAt)},{" "}
        {isWaiting
          ? "was accepted by ContraForce and is not in use yet."
          : `was replaced ${formatTime(beside.replacedAt ?? beside.enteredAt)}. Revoke it in ContraForce, then retire it here.`}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {isWaiting ? (
          <Button variant="primary" onClick={onSwitch}>
            Switch to …{beside.clientIdEnd}
          </Button>
        ) : (
          <Button onClick={onSwitch}>Switch back to …{beside.clientIdEnd}</Button>
        )}
        <Button onClick={onTest} busy={isTesting}>
          Test …{beside.clientIdEnd}
        </Button>
        <Button variant={isWaiting ? "quiet" : "danger"} onClick={onRetire} disabled={waitMs > 0}>
          {isWaiting ? "Drop" : "Retire"} …{beside.clientIdEnd}
        </Button>
        {waitMs > 0 ? (
          <span className="text-12 text-quiet">
            Calls under way may still use it; ready in {Math.ceil(waitMs / 1000)} s
          </span>
        ) : null}
      </div>
    </div>
  );
}

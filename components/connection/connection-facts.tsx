"use client";

import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { ConnectionHealth, ConnectionView } from "@/lib/domain/connection";
import { failures } from "@/lib/errors";
import { Fact, Facts, Section } from "@/components/ui/section";

export interface ConnectionFactsProps {
  readonly connection: NonNullable<ConnectionView["connection"]>;
  readonly health: ConnectionHealth;
  readonly onChange: () => void;
}

/** Where calls go, as whom, and how that went last. */
export function ConnectionFacts({ connection, health, onChange }: ConnectionFactsProps) {
  const formatTime = useFormatTime();
  const { baseUrl, current, managedBy } = connection;
  return (
    <Section
      title="Service account"
      about="Every call to ContraForce is made by this account. Its secret can be replaced, but nobody can read it here."
      actions={<Button onClick={onChange}>Change address or account</Button>}
    >
      <Facts>
        <Fact name="Address">
          <code className="font-mono text-strong">{baseUrl}</code>
        </Fact>
        <Fact name="Client id">
          <ClientId end={current.clientIdEnd} />, entered {formatTime(current.enteredAt)}
        </Fact>
        <Fact name="Client secret">Stored sealed; not shown</Fact>
        <Fact name="Set by">
          {managedBy === "page"
            ? "This page. CONTRAFORCE_* in the server's environment is passed over."
            : "The server's environment. Once you change it here, this page has the last word."}
        </Fact>
        <Fact name="Last good answer">
          {health.lastSuccessAt ? formatTime(health.lastSuccessAt) : "None yet"}
        </Fact>
        <Fact name="Last fault">
          <LastFault health={health} />
        </Fact>
      </Facts>
    </Section>
  );
}

/** The end of a client id, which is all that is ever shown of it. */
export function ClientId({ end }: { readonly end: string }) {
  return (
    <>
      <span className="sr-only">ends in </span>
      <code className="font-mono text-strong">
        <span aria-hidden="true">…</span>
        {end}
      </code>
    </>
  );
}

function LastFault({ health }: { readonly health: ConnectionHealth }) {
  const formatTime = useFormatTime();
  const { lastFailure, lastSuccessAt } = health;
  if (!lastFailure) return "None";
  const isOver = lastSuccessAt !== null && lastSuccessAt > lastFailure.at;
  return (
    <>
      <span className={isOver ? undefined : "font-medium text-danger"}>
        {failures[lastFailure.code].title}
      </span>
      {` at ${formatTime(lastFailure.at)} (${lastFailure.operation})`}
      {isOver ? "; it has answered since." : "; nothing has been answered since."}
      {lastFailure.upstreamRequestId ? (
        <span className="flex items-center gap-1 text-12 text-quiet">
          ContraForce request id
          <code className="font-mono text-normal">{lastFailure.upstreamRequestId}</code>
          <CopyButton text={lastFailure.upstreamRequestId} what="ContraForce request id" />
        </span>
      ) : null}
    </>
  );
}

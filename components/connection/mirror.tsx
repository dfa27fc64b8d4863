"use client";

import { CircleHelp, Lightbulb, LightbulbOff } from "lucide-react";
import { FailureCallout } from "@/components/data/failure-panel";
import { useFormatTime } from "@/components/data/use-format-time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import {
  type AccountFacts,
  type ConnectionTest,
  type Light,
  mirrorSummary,
  pageLights,
} from "@/lib/domain/permission-mirror";
import type { useConnectionTest } from "@/lib/queries/connection";
import { Fact, Facts, Section } from "@/components/ui/section";

export interface MirrorProps {
  readonly test: ReturnType<typeof useConnectionTest>;
}

/** The permission mirror: what the account may do, tried now, and which pages that lights. */
export function Mirror({ test }: MirrorProps) {
  const run = () => test.mutate("current");
  return (
    <Section
      title="What it may do"
      about="Tries one read per scope and says which pages are lit by it. Nothing is changed in ContraForce. Sign-in and directory logs are not tried, because each look leaves a trace in the customer's audit."
      actions={
        <Button busy={test.isPending} onClick={run}>
          {test.isPending ? "Testing the connection" : "Test connection"}
        </Button>
      }
    >
      <div aria-live="polite">
        {test.error ? (
          <FailureCallout
            error={test.error}
            onRetry={() => test.mutate(test.variables ?? "current")}
            unaffected="The connection itself was not changed."
          />
        ) : null}
        {test.data && !test.error ? (
          <Result found={test.data} isBeside={test.variables === "beside"} />
        ) : null}
        {test.data || test.error ? null : (
          <p className="text-13 text-quiet">Not tested since this page was opened.</p>
        )}
      </div>
    </Section>
  );
}

/** What a test found, in words. */
export function Result({ found, isBeside }: { readonly found: ConnectionTest; readonly isBeside: boolean }) {
  const formatTime = useFormatTime();
  const lights = pageLights(found.reads);
  if (found.verdict !== "accepted")
    return (
      <Callout
        tone="danger"
        title={found.sentence}
        since={`Tried ${formatTime(found.testedAt)}${isBeside ? " with the second credential" : ""}`}
      />
    );
  return (
    <>
      <p className="mb-3 text-13 text-normal">
        <span className="font-medium text-strong">{mirrorSummary(lights)}</span>
        {` Tried ${formatTime(found.testedAt)}${isBeside ? " with the second credential" : ""}.`}
      </p>
      <table className="w-full text-13">
        <caption className="sr-only">Pages, and whether this service account lights them</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-left text-12 text-quiet">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Page
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Light
            </th>
            <th scope="col" className="py-1.5 font-medium">
              What it means
            </th>
          </tr>
        </thead>
        <tbody>
          {lights.map(({ page, light, sentence }) => (
            <tr key={page} className="border-b border-line align-top max-sm:block max-sm:py-2">
              <th
                scope="row"
                className="py-1.5 pr-4 text-left font-medium whitespace-nowrap text-strong max-sm:block max-sm:py-0"
              >
                {page}
              </th>
              <td className="py-1.5 pr-4 whitespace-nowrap max-sm:block max-sm:py-0">
                <LightMark light={light} />
              </td>
              <td className="py-1.5 text-normal max-sm:block max-sm:py-0">{sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.account ? <Account account={found.account} /> : null}
    </>
  );
}

const marks = {
  lit: { icon: Lightbulb, word: "Lit", ink: "text-strong" },
  dark: { icon: LightbulbOff, word: "Dark", ink: "font-medium text-danger" },
  unknown: { icon: CircleHelp, word: "Not tried", ink: "text-quiet" },
} as const;

function LightMark({ light }: { readonly light: Light }) {
  const { icon: Icon, word, ink } = marks[light];
  return (
    <span className={`inline-flex items-center gap-1.5 ${ink}`}>
      <Icon aria-hidden="true" className="size-4" />
      {word}
    </span>
  );
}

/** What ContraForce itself says about the account, where it may list service accounts. */
function Account({ account }: { readonly account: AccountFacts }) {
  const formatTime = useFormatTime();
  return (
    <div className="mt-4">
      <Facts>
        <Fact name="Name in ContraForce">{account.name ?? "Not given"}</Fact>
        <Fact name="Credential expires">
          {account.expiresAt ? formatTime(account.expiresAt) : "No expiry is set"}
        </Fact>
        <Fact name="Roles in">
          {account.workspaces === 1 ? "1 workspace" : `${account.workspaces} workspaces`}
        </Fact>
        <Fact name="Scopes">
          {account.scopes.length > 0 ? (
            <code className="font-mono text-12">{account.scopes.join("  ")}</code>
          ) : (
            "Not told apart: the account has several credentials"
          )}
        </Fact>
      </Facts>
    </div>
  );
}

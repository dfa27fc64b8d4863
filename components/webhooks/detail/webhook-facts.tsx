"use client";

import { Identifier } from "@/components/data/identifier";
import { Time } from "@/components/shell/time";
import { CopyButton } from "@/components/ui/copy-button";
import { Fact, Facts, Section } from "@/components/ui/section";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { webhookAuthenticationTypes } from "@/lib/contract/vocabulary";
import { credentialWords } from "../credential-fields";

function credentialsText({ authenticationType, hasSigningToken }: Webhook): string {
  const kind = webhookAuthenticationTypes.find((known) => known === authenticationType);
  const said = kind ? credentialWords[kind].label : (authenticationType ?? "Not given");
  return hasSigningToken ? `${said}; signed with a token of your own` : said;
}

/** Where it sends what, as ContraForce has it. No secret is among it. */
export function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const events = webhook.eventTypes ?? [];
  return (
    <div className="py-5">
      <Section title="Set up">
        <Facts>
          <Fact name="Sends to">
            {webhook.url ? (
              <span className="flex min-w-0 items-start gap-1">
                <code className="min-w-0 font-mono text-12 wrap-anywhere">{webhook.url}</code>
                <CopyButton text={webhook.url} what="address" className="-my-1.5 size-6!" />
              </span>
            ) : (
              "Not given"
            )}
          </Fact>
          <Fact name="Events">
            {events.length === 0 ? (
              "Not given"
            ) : (
              <ul>
                {events.map((type) => (
                  <li key={type} className="font-mono text-12">
                    {type}
                  </li>
                ))}
              </ul>
            )}
          </Fact>
          <Fact name="Credentials">{credentialsText(webhook)}</Fact>
          <Fact name="Made">
            <Time value={webhook.createdAt} mode="absolute" />
          </Fact>
          <Fact name="Last changed">
            <Time value={webhook.lastModifiedAt} mode="absolute" />
          </Fact>
          {webhook.disabledAt ? (
            <Fact name="Disabled">
              <Time value={webhook.disabledAt} mode="absolute" />
              {webhook.disabledReason ? <p>{webhook.disabledReason}</p> : null}
            </Fact>
          ) : null}
          <Fact name="Id">
            <Identifier text={webhook.id} what="webhook id" />
          </Fact>
        </Facts>
      </Section>
    </div>
  );
}

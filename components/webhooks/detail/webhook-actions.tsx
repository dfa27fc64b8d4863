"use client";

import { Ellipsis, KeyRound, Pause, Pencil, Play, RotateCcw, Send, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCan } from "@/components/shell/session";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { onDemand } from "@/components/ui/on-demand";
import type { Webhook } from "@/lib/contract/shapes/webhook";
import { fittingActs, type WebhookAct, webhookState } from "@/lib/domain/webhook-state";
import { routes } from "@/lib/routes";
import { StateMark } from "../state-mark";
import { actWords } from "../state-words";
import { TestVerdict, useWebhookTest } from "./webhook-test";

const WebhookDialog = onDemand(() => import("../webhook-dialog").then((module) => module.WebhookDialog));
const StateDialog = onDemand(() => import("../state-dialog").then((module) => module.StateDialog));
const CredentialsDialog = onDemand(() =>
  import("../credentials-dialog").then((module) => module.CredentialsDialog),
);
const DeleteDialog = onDemand(() => import("../delete-dialog").then((module) => module.DeleteDialog));

type Opened = "edit" | "credentials" | "delete" | WebhookAct | null;

const icons = { pause: Pause, resume: Play, enable: RotateCcw } as const;

export interface WebhookActionsProps {
  readonly org: string;
  readonly webhook: Webhook;
}

/** Name and state, and what can be done; for who may only read, who can. */
export function WebhookActions({ org, webhook }: WebhookActionsProps) {
  const canManage = useCan("webhooks:manage");
  const state = webhookState(webhook);
  return (
    <header className="pb-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="truncate text-20 font-semibold text-strong">{webhook.name || webhook.id}</h2>
          <StateMark state={state} className="text-13" />
        </div>
        {canManage ? null : (
          <p className="text-13 text-quiet">An administrator of this organisation can change it.</p>
        )}
      </div>
      {webhook.description ? (
        <p className="mt-2 max-w-[80ch] text-13 text-pretty text-normal wrap-anywhere">
          {webhook.description}
        </p>
      ) : null}
      {canManage ? <Managed org={org} webhook={webhook} /> : null}
    </header>
  );
}

function Managed({ org, webhook }: WebhookActionsProps) {
  const router = useRouter();
  const [opened, setOpened] = useState<Opened>(null);
  const test = useWebhookTest(org, webhook.id);
  const close = () => setOpened(null);
  const acts = fittingActs(webhookState(webhook));
  useShortcuts("Webhook", [
    { keys: "e", label: "Edit it", run: () => setOpened("edit") },
    { keys: "t", label: "Send a test", run: test.send },
  ]);
  return (
    <>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        {acts.map((act) => {
          const Icon = icons[act];
          return (
            <Button
              key={act}
              variant={act === "enable" ? "primary" : "secondary"}
              onClick={() => setOpened(act)}
            >
              <Icon aria-hidden="true" className="size-4" />
              {actWords[act].verb}
            </Button>
          );
        })}
        <Button onClick={test.send} busy={test.change.isBusy} data-tip="Send a test event  t">
          <Send aria-hidden="true" className="size-4" />
          Send a test
        </Button>
        <Button onClick={() => setOpened("edit")} data-tip="Edit it  e">
          <Pencil aria-hidden="true" className="size-4" />
          Edit
        </Button>
        <Menu
          label="More actions"
          items={[
            { label: "Replace credentials", icon: KeyRound, run: () => setOpened("credentials") },
            "separator",
            { label: "Delete webhook", icon: Trash2, danger: true, run: () => setOpened("delete") },
          ]}
          trigger={(props) => <IconButton {...props} icon={Ellipsis} label="More actions" />}
        />
      </div>
      <TestVerdict org={org} webhookId={webhook.id} test={test} />
      {opened === "edit" ? <WebhookDialog org={org} webhook={webhook} onClose={close} /> : null}
      {opened === "credentials" ? <CredentialsDialog org={org} webhook={webhook} onClose={close} /> : null}
      {opened === "delete" ? (
        <DeleteDialog
          org={org}
          webhook={webhook}
          onClose={close}
          onDeleted={() => router.replace(routes.webhooks(org))}
        />
      ) : null}
      {opened === "pause" || opened === "resume" || opened === "enable" ? (
        <StateDialog org={org} webhook={webhook} act={opened} onClose={close} />
      ) : null}
    </>
  );
}

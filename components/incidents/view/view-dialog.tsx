"use client";

import { type FormEvent, useId } from "react";
import { ConfirmDialog } from "@/components/data/confirm-dialog";
import { FailureCallout } from "@/components/data/failure-panel";
import { useCan, useSession } from "@/components/shell/session";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { refusedFields } from "@/lib/client/call-error";
import { formatQuery } from "@/lib/domain/incident-view-codec";
import { type SavedView, viewNameMax } from "@/lib/domain/saved-view";
import { useViewsAct } from "@/lib/queries/views";
import { NoticeDialog } from "../notice/notice-dialog";
import type { ViewControl } from "../use-incident-view";
import type { ViewQuestion } from "./view-question";

export interface ViewDialogProps extends Pick<ViewControl, "view" | "change"> {
  readonly question: ViewQuestion;
  readonly onClose: () => void;
}

/** Asks for what a menu cannot: a name, or whether something shall really go. */
export function ViewDialog({ question, ...rest }: ViewDialogProps) {
  if (question.kind === "save") return <NameDialog saved={null} {...rest} />;
  if (question.kind === "notices") return <NoticeDialog view={rest.view} onClose={rest.onClose} />;
  if (question.kind === "rename") return <NameDialog saved={question.saved} {...rest} />;
  return <DeleteDialog saved={question.saved} {...rest} />;
}

type Props = Omit<ViewDialogProps, "question">;

/** The name of a new view, or another one for a view that there is. */
function NameDialog({ saved, view, change, onClose }: Props & { readonly saved: SavedView | null }) {
  const { organisation } = useSession();
  const mayShare = useCan("views:share");
  const act = useViewsAct(organisation.slug);
  const id = useId();
  const refused = refusedFields(act.error, ["name"]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (act.isPending) return;
    const form = new FormData(event.currentTarget);
    const name = String(form.get("name") ?? "");
    if (saved) act.mutate({ act: "change", id: saved.id, name }, { onSuccess: onClose });
    else
      act.mutate(
        { act: "add", name, query: formatQuery(view), isShared: form.has("isShared") },
        {
          onSuccess: (made) => {
            change((current) => ({ ...current, saved: made.id ?? null }));
            toast(`The view “${name.trim()}” is saved`);
            onClose();
          },
        },
      );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={saved ? `Rename “${saved.name}”` : "Save this view"}
      description={
        saved ? undefined : "Filters, time window, order, columns and row height, as they are now."
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={act.isPending}>
            {saved ? "Rename" : "Save view"}
          </Button>
        </>
      }
    >
      <form id={id} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          maxLength={viewNameMax}
          defaultValue={saved?.name}
          error={refused?.name}
          autoComplete="off"
          required
        />
        {saved || !mayShare ? null : (
          <Checkbox name="isShared" label={`Share with everybody in ${organisation.name}`} />
        )}
        {act.error && !refused ? (
          <FailureCallout
            error={act.error}
            onRetry={() => document.querySelector<HTMLFormElement>(`#${CSS.escape(id)}`)?.requestSubmit()}
            unaffected="Nothing was changed."
          />
        ) : null}
      </form>
    </Dialog>
  );
}

function DeleteDialog({ saved, change, onClose }: Props & { readonly saved: SavedView }) {
  const { organisation } = useSession();
  const act = useViewsAct(organisation.slug);
  const remove = () =>
    act.mutate(
      { act: "remove", id: saved.id },
      {
        onSuccess: () => {
          change((current) => ({ ...current, saved: null }));
          toast(`The view “${saved.name}” is deleted`);
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      title={`Delete the view “${saved.name}”?`}
      about={
        saved.isShared
          ? "Everybody in the organisation loses it. What the list shows now stays until it is changed."
          : "What the list shows now stays until it is changed."
      }
      verb={`Delete “${saved.name}”`}
      keep="Keep it"
      tone="danger"
      isBusy={act.isPending}
      error={act.error}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}

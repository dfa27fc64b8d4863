"use client";

import { type FormEvent, useEffect, useState } from "react";
import { signOut } from "@/components/shell/sign-out";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { CallError, refusedFields } from "@/lib/client/call-error";
import { callOwn } from "@/lib/client/own-call";
import type { InvitationLook } from "@/lib/domain/members";
import { apiRoutes, routes } from "@/lib/routes";
import { AccountFields } from "../account-fields";
import { dropToken, takeToken } from "./token";

/** Where the form can show what is wrong. */
const shownFields = ["name", "password"] as const;

type State =
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly error: Error | null }
  | { readonly kind: "open"; readonly token: string; readonly look: InvitationLook };

async function read(): Promise<State> {
  try {
    const token = takeToken();
    if (token === null) return { kind: "failed", error: null };
    const look = await callOwn<InvitationLook>(apiRoutes.invitationLook(), {
      method: "POST",
      body: { token },
    });
    return { kind: "open", token, look };
  } catch (error) {
    return { kind: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Reads the link's token and offers what the invitation is for. */
export function InvitationForm() {
  const [state, setState] = useState<State>({ kind: "reading" });
  useEffect(() => {
    let isHere = true;
    void read().then((next) => {
      if (isHere) setState(next);
    });
    return () => {
      isHere = false;
    };
  }, []);
  if (state.kind === "reading")
    return (
      <div role="status" aria-label="Reading the invitation">
        <h1 className="text-28 font-semibold text-strong">Invitation</h1>
        <Skeleton className="mt-4 h-40 w-full" />
      </div>
    );
  if (state.kind === "failed")
    return (
      <>
        <h1 className="mb-4 text-28 font-semibold text-strong">Invitation</h1>
        <Trouble error={state.error} fallback="This is not the link of an invitation" />
      </>
    );
  return <Open token={state.token} look={state.look} />;
}

function Trouble({ error, fallback }: { readonly error: Error | null; readonly fallback: string }) {
  const problem = error instanceof CallError ? error.problem : null;
  return (
    <Callout
      tone="danger"
      title={error?.message ?? fallback}
      advice="Ask who invited you for a new link if this one does not work."
      ids={problem ? [{ label: "Request", value: problem.requestId }] : []}
    />
  );
}

function Open({ token, look }: { readonly token: string; readonly look: InvitationLook }) {
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const accept = async (account: { readonly name?: string; readonly password?: string }) => {
    setBusy(true);
    setError(null);
    try {
      await callOwn(apiRoutes.invitationAccept(), { method: "POST", body: { token, ...account } });
      dropToken();
      const next = routes.incidents(look.organisation.slug);
      location.replace(new URL(look.next === "confirm" ? next : routes.signIn(next), location.origin));
    } catch (caught) {
      setBusy(false);
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    }
  };
  return (
    <>
      <h1 className="text-28 font-semibold text-strong">Join {look.organisation.name}</h1>
      <p className="mt-1 mb-8 text-14 text-normal">
        {look.email} is invited as {look.role}.
      </p>
      <Step look={look} isBusy={isBusy} error={error} onAccept={(account) => void accept(account)} />
      {error && !refusedFields(error, shownFields) ? (
        <div className="mt-4">
          <Trouble error={error} fallback="This did not work" />
        </div>
      ) : null}
    </>
  );
}

interface StepProps {
  readonly look: InvitationLook;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onAccept: (account: { readonly name?: string; readonly password?: string }) => void;
}

function Step({ look, isBusy, error, onAccept }: StepProps) {
  if (look.next === "account")
    return <AccountForm look={look} isBusy={isBusy} error={error} onAccept={onAccept} />;
  if (look.next === "confirm")
    return (
      <Button variant="primary" size="large" busy={isBusy} onClick={() => onAccept({})}>
        Join {look.organisation.name}
      </Button>
    );
  if (look.next === "sign-in")
    return (
      <>
        <p className="mb-4 text-14 text-normal">You have an account already. Sign in with it to join.</p>
        <Button
          variant="primary"
          size="large"
          onClick={() => location.assign(new URL(routes.signIn(routes.invitation()), location.origin))}
        >
          Sign in
        </Button>
      </>
    );
  return (
    <>
      <p className="mb-4 text-14 text-normal">
        You are signed in as somebody else. Sign out, then open the link again.
      </p>
      <Button size="large" onClick={() => void signOut().catch(() => location.reload())}>
        Sign out
      </Button>
    </>
  );
}

function AccountForm({ look, isBusy, error, onAccept }: StepProps) {
  const refused = refusedFields(error, shownFields);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const fields = new FormData(event.currentTarget);
    onAccept({ name: String(fields.get("name") ?? ""), password: String(fields.get("password") ?? "") });
  };
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      <input type="hidden" name="email" autoComplete="username" value={look.email} readOnly />
      <AccountFields errors={refused ?? {}} isFirst />
      <Button type="submit" variant="primary" size="large" busy={isBusy} className="mt-2">
        Make my account and join
      </Button>
    </form>
  );
}

"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { type Refusal, refusalMessages } from "./messages";
import { startProvider } from "./start-provider";

/** Leads to the identity provider. By script only: a form would be stopped by our own `form-action`, and need not be let through. */
export function ProviderButton({ returnTo }: { readonly returnTo: string }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    setRefusal(null);
    const outcome = await startProvider(returnTo);
    if ("address" in outcome) {
      location.assign(outcome.address);
      return;
    }
    setBusy(false);
    setRefusal(outcome.refusal);
  };
  return (
    <div className="mt-4 flex flex-col gap-4">
      <Button size="large" busy={isBusy} onClick={() => void start()}>
        Use single sign-on
      </Button>
      {refusal ? <Callout {...refusalMessages[refusal]} /> : null}
    </div>
  );
}

"use client";

import { digestOf } from "@/components/shell/error-digest";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";

interface ErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** A page failed within the frame: the frame, and every other page, go on working. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const digest = digestOf(error);
  return (
    <div className="mx-auto max-w-160 p-6">
      <Callout
        tone="danger"
        title="This page could not be drawn"
        unaffected="Nothing was changed, and the other pages go on working."
        advice="Try again. If it happens again, tell the person who runs Watchfloor."
        ids={digest ? [{ label: "Log number", value: digest }] : []}
        action={<Button onClick={retry}>Try again</Button>}
      />
    </div>
  );
}

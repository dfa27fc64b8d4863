"use client";

import { digestOf } from "@/components/shell/error-digest";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

interface ErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <MessagePage
      title="This page could not be drawn"
      digest={digestOf(error)}
      actions={
        <button type="button" className={buttonClass("primary", "large")} onClick={retry}>
          Try again
        </button>
      }
    >
      <p>Nothing was changed. If it happens again, tell the person who runs Watchfloor.</p>
    </MessagePage>
  );
}

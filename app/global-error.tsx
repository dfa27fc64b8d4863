"use client";

import { digestOf } from "@/components/shell/error-digest";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";
import "./globals.css";

interface GlobalErrorProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Stands in for the whole document when even that could not be drawn; follows the system's theme. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en-GB" data-theme="system" className="font-sans">
      <body>
        <title>Could not be drawn · Watchfloor</title>
        <MessagePage
          title="Watchfloor could not be drawn"
          digest={digestOf(error)}
          actions={
            <button type="button" className={buttonClass("primary", "large")} onClick={retry}>
              Try again
            </button>
          }
        >
          <p>Nothing was changed. If it happens again, tell the person who runs Watchfloor.</p>
        </MessagePage>
      </body>
    </html>
  );
}

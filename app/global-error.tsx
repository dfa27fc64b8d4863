"use client";

import { digestOf } from "@/components/shell/error-digest";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
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
            <Button variant="primary" size="large" onClick={retry}>
              Try again
            </Button>
          }
        >
          <p>Nothing was changed. If it happens again, tell the person who runs Watchfloor.</p>
        </MessagePage>
      </body>
    </html>
  );
}

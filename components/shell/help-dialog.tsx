"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Toggle } from "@/components/ui/toggle";
import { setSingleKeys, type Shortcut, shortcutGroups } from "./shortcut-registry";
import { useSingleKeys } from "./shortcuts";

/** Every shortcut that works on the page on show, by scope, and the switch for those of one character. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const singleKeys = useSingleKeys();
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts" size="large">
      <div data-autofocus="" tabIndex={-1} className="grid gap-x-10 gap-y-6 outline-none sm:grid-cols-2">
        {shortcutGroups().map(({ scope, shortcuts }) => (
          <section key={scope} aria-label={scope}>
            <h3 className="mb-1 text-13 font-medium text-quiet">{scope}</h3>
            <dl>
              {byLabel(shortcuts).map(([label, keys]) => (
                <div
                  key={label}
                  className="flex min-h-8 items-center justify-between gap-4 border-b border-line"
                >
                  <dt className="min-w-0 text-13 text-normal">{label}</dt>
                  <dd className="flex shrink-0 items-center gap-2">
                    {keys.map((one) => (
                      <Kbd key={one} keys={one} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-6 border-t border-line pt-4">
        <Toggle label="Shortcuts of a single letter or sign" checked={singleKeys} onChange={setSingleKeys} />
        <p className="mt-1 text-12 text-quiet">
          Kept on this device. They never work while you are typing in a field.
        </p>
      </div>
    </Dialog>
  );
}

/** Several keys for one thing are one line. */
function byLabel(shortcuts: readonly Shortcut[]): [label: string, keys: string[]][] {
  const lines = new Map<string, string[]>();
  for (const { label, keys } of shortcuts) lines.set(label, [...(lines.get(label) ?? []), keys]);
  return [...lines];
}

"use client";

import { useModKey } from "./use-mod-key";

/** Keys as they are pressed: "g i" is two keys one after the other, "Shift+x" two at once. */
export function Kbd({ keys }: { readonly keys: string }) {
  const mod = useModKey();
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      {keys.split(" ").map((key, n) => (
        <kbd
          key={`${n} ${key}`}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-mark border border-line bg-raised px-1 font-sans text-12 text-normal"
        >
          {key.replace("Mod+", `${mod} `)}
        </kbd>
      ))}
    </span>
  );
}

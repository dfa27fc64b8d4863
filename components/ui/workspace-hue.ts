/** How many hues there are; the colours are in tailwind.config.ts. */
export const hueCount = 12;

/**
 * The hue of a workspace, 0…11: the same on every screen and every day, whatever the case of the id. FNV-1a, because
 * GUIDs of one tenant may differ in few places. Use as `data-hue={workspaceHue(id)}` with `text-hue-ink bg-hue-ground`.
 */
export function workspaceHue(workspaceId: string): number {
  let hash = 0x811c9dc5;
  for (const char of workspaceId.toLowerCase()) {
    hash ^= char.charCodeAt(0);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % hueCount;
}

/** Two letters for a workspace: of its first two words, else the first two of its name, else of its id. */
export function workspaceInitials(name: string | null, workspaceId: string): string {
  const words = (name ?? "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first, second] = words;
  if (first === undefined) return workspaceId.replace(/-/g, "").slice(0, 2).toUpperCase();
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0], [...second][0]];
  return letters.join("").toUpperCase();
}

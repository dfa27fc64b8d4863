import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every form in which a secret could leak: plain, base64 in its three alignments, hex, URL-encoded, JSON-escaped. */
export function formsOf(text) {
  const forms = new Set([
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString("hex"),
    Buffer.from(text).toString("hex").toUpperCase(),
  ]);
  for (let shift = 0; shift < 3; shift++) {
    const padded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString("base64");
    // The first and last groups mix with what stands around the secret; the middle is the same in every context.
    const core = padded.slice(shift === 0 ? 0 : 4, padded.length - 4);
    forms.add(core);
    forms.add(core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return [...forms];
}

function* filesBelow(path) {
  let stat;
  try {
    stat = statSync(path);
  } catch {
    return;
  }
  if (stat.isFile()) yield path;
  else if (stat.isDirectory()) for (const name of readdirSync(path)) yield* filesBelow(join(path, name));
}

/**
 * Looks for secrets (and their Basic pairs) in files. A place with nothing to scan is a failure: a scan that saw nothing proves nothing.
 * @returns {{ passed: number, failed: number, lines: string[] }} one count per place
 */
export function scanForCanaries({ secrets, places }) {
  const needles = secrets.flatMap(({ clientId, secret }) =>
    [...formsOf(secret), ...formsOf(`${clientId}:${secret}`)].map((form) => Buffer.from(form)),
  );
  const result = { passed: 0, failed: 0, lines: [] };
  for (const [name, path] of Object.entries(places)) {
    let files = 0;
    let bytes = 0;
    const hits = [];
    for (const file of filesBelow(path)) {
      const content = readFileSync(file);
      files += 1;
      bytes += content.length;
      if (needles.some((needle) => content.includes(needle))) hits.push(file);
    }
    const good = bytes > 0 && hits.length === 0;
    result[good ? "passed" : "failed"] += 1;
    const verdict =
      bytes === 0
        ? "NOTHING SCANNED"
        : hits.length
          ? `SECRET FOUND in ${hits.slice(0, 3).join(", ")}`
          : "no secret";
    result.lines.push(
      `canary scan, ${name}: ${files} files, ${bytes} bytes, ${needles.length} needles: ${verdict}`,
    );
  }
  return result;
}

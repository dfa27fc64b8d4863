/** A payload for the eye: indented when it is JSON, else exactly as it came. It is never markup. */
export function payloadText(payload: string): string {
  try {
    const value: unknown = JSON.parse(payload);
    // A bare word or number gains nothing, and a big number would lose digits.
    return typeof value === "object" && value !== null ? indent(payload) : payload;
  } catch {
    return payload;
  }
}

/**
 * Indents JSON text token by token. `JSON.stringify(JSON.parse(…))` would show other text than was sent and signed: big numbers lose
 * digits, repeated keys vanish, escapes change.
 */
function indent(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  let text = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  tokens.forEach((token, n) => {
    const before = tokens[n - 1] ?? "";
    const isEmpty = (token === "}" && before === "{") || (token === "]" && before === "[");
    if (token === "}" || token === "]") {
      depth -= 1;
      text += isEmpty ? token : line() + token;
      return;
    }
    if (before === "{" || before === "[") text += line();
    text += token;
    if (token === "{" || token === "[") depth += 1;
    if (token === ",") text += line();
    if (token === ":") text += " ";
  });
  return text;
}

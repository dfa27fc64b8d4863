import { Writable } from "node:stream";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { logOptions } from "./log";
import { Secret } from "./secret";

function written(write: (logger: pino.Logger) => void): string[] {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  write(pino(logOptions, sink));
  return lines;
}

describe("SEC-13: the log", () => {
  test("shows no secret, wherever one is put", () => {
    const [line] = written((logger) =>
      logger.info(
        {
          password: "canary",
          upstream: { clientSecret: "canary", baseUrl: "kept" },
          request: {
            headers: { authorization: "canary", cookie: "canary", "set-cookie": "canary", accept: "kept" },
          },
          wrapped: new Secret("canary"),
        },
        "message",
      ),
    );
    expect(line).not.toContain("canary");
    expect(line?.match(/kept/g)).toHaveLength(2);
    expect(line?.match(/\[secret\]/g)).toHaveLength(6);
  });

  test("writes of an error what helps, and no member that a library hung on it", () => {
    const cause = Object.assign(new Error("inner"), { code: "ECONNRESET", params: ["canary"] });
    const error = Object.assign(new Error("outer", { cause }), {
      query: "canary",
      headers: { authorization: "canary" },
    });
    const [line] = written((logger) => logger.error({ err: error }, "failed"));
    expect(line).not.toContain("canary");
    expect(JSON.parse(line ?? "")).toMatchObject({
      level: "error",
      msg: "failed",
      err: { name: "Error", message: "outer", cause: { message: "inner", code: "ECONNRESET" } },
    });
  });

  test("makes one line of one event, whatever the text holds", () => {
    const hostile = 'a\nb\r\n{"level":"error"}\u001b[31m\u2028\0';
    const lines = written((logger) =>
      logger.info({ title: hostile, err: new Error(hostile), notAnError: { err: hostile } }, hostile),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd().split(/[\n\r]/)).toHaveLength(1);
    expect(lines[0]).not.toContain("\u001b");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ title: hostile, msg: hostile });
  });
});

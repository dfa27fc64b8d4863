import { expect, test } from "vitest";
import { FrameParser } from "./frames";

const text =
  'retry: 3000\n\nevent: hb\nid: abc\ndata: {}\n\n:a remark\n\nevent: incident\nid:\ndata: {"a":\ndata: 1}\n\n';
const frames = [
  { name: "hb", data: "{}", id: "abc" },
  { name: "incident", data: '{"a":\n1}', id: "" },
];

test("events come out the same however the text is cut, and with either end of line", () => {
  for (const whole of [text, text.replaceAll("\n", "\r\n")])
    for (let size = 1; size <= whole.length; size += 1) {
      const retries: number[] = [];
      const parser = new FrameParser((ms) => retries.push(ms));
      const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.slice(index * size, (index + 1) * size),
      );
      expect(pieces.flatMap((piece) => parser.read(piece))).toEqual(frames);
      expect(retries).toEqual([3_000]);
    }
});

test("half an event is none", () => {
  const parser = new FrameParser();
  expect(parser.read("event: incident\ndata: {}\n")).toEqual([]);
  expect(parser.read("\n")).toHaveLength(1);
});

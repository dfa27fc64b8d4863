import { expect, test } from "vitest";
import { originFor } from "./origin";

test.each([
  ["http://127.0.0.1:3000", "localhost:3000", "http://localhost:3000"],
  ["http://127.0.0.1:3000", "127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://localhost:3000", "[::1]:3000", "http://[::1]:3000"],
  ["http://127.0.0.1:3000", "localhost:4000", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", "evil.example.net:3000", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", "localhost:3000@evil.example.net", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", "x@localhost:3000", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", "localhost:3000/path", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", "", "http://127.0.0.1:3000"],
  ["http://127.0.0.1:3000", null, "http://127.0.0.1:3000"],
  ["https://soc.example.com", "localhost", "https://soc.example.com"],
  ["https://soc.example.com", "evil.example.net", "https://soc.example.com"],
])("a person at %s who asked %s is sent to %s", (configured, host, expected) => {
  expect(originFor(configured, host)).toBe(expected);
});

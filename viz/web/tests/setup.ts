/**
 * What the modules ask of a browser when they are loaded. The clock stands far from Beijing, so that a time
 * written in the machine's zone fails.
 */
import { vi } from "vitest";

vi.stubEnv("TZ", "America/New_York");

class Kept implements Storage {
  private readonly all = new Map<string, string>();
  get length(): number {
    return this.all.size;
  }
  clear = () => this.all.clear();
  getItem = (name: string) => this.all.get(name) ?? null;
  key = (at: number) => [...this.all.keys()][at] ?? null;
  removeItem = (name: string) => void this.all.delete(name);
  setItem = (name: string, value: string) => void this.all.set(name, value);
}

const place = new URL("http://127.0.0.1/board");
const move = (_: unknown, __: string, to: string) => {
  const next = new URL(to, place.href);
  place.pathname = next.pathname;
  place.search = next.search;
};

vi.stubGlobal("localStorage", new Kept());
vi.stubGlobal("sessionStorage", new Kept());
vi.stubGlobal("location", place);
vi.stubGlobal("history", { pushState: move, replaceState: move });
vi.stubGlobal("addEventListener", () => undefined);
vi.stubGlobal(
  "BroadcastChannel",
  class {
    addEventListener() {}
    postMessage() {}
  },
);
vi.stubGlobal("navigator", { languages: ["zh-CN"] });

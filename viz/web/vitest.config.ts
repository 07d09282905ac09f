// Unit tests of the workbench, in tests/: what can be said without a browser. The pages are tested in /tests/web.
import { defineConfig, mergeConfig } from "vitest/config";
import vite from "./vite.config";

export default mergeConfig(
  vite,
  defineConfig({ test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"], isolate: false } }),
);

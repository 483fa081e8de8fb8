import type { Reporter, TestModule, Vitest } from "vitest/node";
import type { Style } from "#checks/harness/report/style.ts";
import { counted } from "#kit/counted.ts";

/** What the terminal says beside the browser view: where it is, and after each run how that ended. The page shows the rest. */
export function createUiReporter({ paint }: Style, print: (line: string) => void = console.log): Reporter {
  return {
    onInit({ config, vite }: Vitest): void {
      const { port } = vite.config.server;
      print(`  The checks are at ${paint.bold(`http://${config.api.host ?? "localhost"}:${port}${config.uiBase}`)}`);
    },
    onTestRunEnd(modules: readonly TestModule[], errors: readonly { readonly message: string }[]): void {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const passed = tests.filter((test) => test.result().state === "passed").length;
      const left = tests.length - passed;
      const unread = modules.filter((module) => module.errors().length > 0).length;
      const parts = [
        `${passed} passed`,
        ...(left > 0 ? [`${left} failed or not started`] : []),
        ...(unread > 0 ? [`${counted(unread, "file")} of checks could not be loaded`] : []),
      ];
      print(`  ${parts.join(", ")}. ${paint.dim("Again at each change; Ctrl+C ends it.")}`);
      for (const { message } of errors) print(`  ${paint.red(message)}`);
    },
  };
}

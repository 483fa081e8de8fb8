import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, watch as watchFolder, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { lab2 } from "#checks/lab-2-user-pool/lab.ts";
import { root } from "#launch/root.mjs";

const allNotStarted = new RegExp(`${lab2.checks.length} not started[^]*Watching`);

/** `npm run check -- --watch`, on a copy of the skeletons of these labs. */
function watch(folders: readonly string[], ...options: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), "kit-watch-"));
  for (const folder of folders) cpSync(join(root, "labs", folder), join(home, folder), { recursive: true });
  const args = ["labs/launch/run.mjs", "checks/cli/check.ts", ...options, "--watch", "--from", home];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], detached: true });
  onTestFinished(() => {
    // The bundler, which is a process of its own, goes with it: left alone in the middle of its work it would complain.
    if (process.platform === "win32" || child.pid === undefined) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true });
  });
  let printed = "";
  let all = "";
  let look: (() => void) | undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    all += text;
    look?.();
  });
  return {
    all: () => all,
    /** Waits until there is a file of that name beside the labs. */
    comes: (name: string) =>
      new Promise<void>((resolve) => {
        const watcher = watchFolder(home, (_event, file) => {
          if (file !== name) return;
          watcher.close();
          resolve();
        });
      }),
    file: (name: string) => join(home, name),
    /** Waits until a report says this. A busy computer may make two changes of one. */
    says: (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (!pattern.test(printed)) return;
          printed = "";
          resolve();
        };
        look();
      }),
  };
}

it("checks again whenever a file changes, whatever is in it", async () => {
  const { file, says } = watch(["lab-2-user-pool"], "lab-2");
  const pool = file("lab-2-user-pool/address-pool.ts");
  const skeleton = readFileSync(pool, "utf8");
  await says(allNotStarted);
  writeFileSync(pool, "export const createAddressPool = ;\n");
  await says(/SyntaxError: .*address-pool\.ts:1:34[^]*Watching/);
  writeFileSync(pool, "export const createAddressPool: number = 'none';\n");
  await says(/there is no function createAddressPool[^]*Watching/);
  rmSync(pool);
  await says(/address-pool\.ts is missing[^]*Watching/);
  writeFileSync(pool, skeleton);
  await says(allNotStarted);
});

it("does not go on with a run of what has changed meanwhile", async () => {
  const { file, says, all, comes } = watch(["lab-2-user-pool"], "lab-2");
  const pool = file("lab-2-user-pool/address-pool.ts");
  await says(allNotStarted);
  const running = file("running");
  const begun = comes("running");
  // The first check tells that it has begun, and does not end.
  writeFileSync(
    pool,
    `import { writeFileSync } from "node:fs";\nexport const createAddressPool = () => {\n  writeFileSync(${JSON.stringify(running)}, "");\n  for (;;) {}\n};\n`,
  );
  await begun;
  writeFileSync(pool, "export const createAddressPool = () => 5;\n");
  await says(/returned 5, and not an object[^]*Watching/);
  expect(all()).not.toContain("did not end");
}, 60_000);

it("checks again when a lab changes that the checked one is built on", async () => {
  const { file, says } = watch(["lab-1-codec", "lab-5-arp-interface"], "lab-5", "--integrated");
  await says(/not started[^]*Watching/);
  writeFileSync(file("lab-1-codec/arp-message.ts"), "export const arpMessage = ;\n");
  await says(/Watching/);
});

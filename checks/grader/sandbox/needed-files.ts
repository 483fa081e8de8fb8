import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";

/** A file or folder that a program needs: where it lies, and where the program looks for it. */
export type NeededFile = { readonly from: string; readonly at: string };

/** The program itself and the libraries that it is linked to; all of the system's libraries where nobody can say which. */
export function neededFiles(program: string): readonly NeededFile[] {
  return [{ from: realpathSync(program), at: program }, ...librariesOf(program)];
}

/** Node and its libraries, with Node at its usual place where that may be: where it really lies says something of this computer. */
export function neededNode(program: string): { readonly at: string; readonly files: readonly NeededFile[] } {
  const libraries = librariesOf(program);
  // A Node that comes with libraries of its own looks for them from where it lies.
  const at = libraries.every((library) => /^\/(usr\/)?lib/.test(library.at)) ? "/usr/bin/node" : program;
  return { at, files: [{ from: realpathSync(program), at }, ...libraries] };
}

function librariesOf(program: string): readonly NeededFile[] {
  try {
    const listed = execFileSync("ldd", [program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    // `libm.so.6 => /lib/libm.so.6 (0x…)`, and the loader: `/lib64/ld-linux-x86-64.so.2 (0x…)`
    const paths = [...listed.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(0x/gm)].flatMap(([, path]) => (path === undefined ? [] : [path]));
    return [...new Set(paths)].map((path) => ({ from: realpathSync(path), at: path }));
  } catch {
    return ["/lib", "/lib64", "/usr/lib", "/usr/lib64"].map((path) => ({ from: path, at: path }));
  }
}

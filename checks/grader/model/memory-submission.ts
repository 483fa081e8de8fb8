import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import type { Submission, TakenFile } from "./submission.ts";

/** A submission of these texts, by their paths from `labs/`: `{ "lab-1-codec/message.ts": "export …" }`. */
export function memorySubmission(id: string, texts: Readonly<Record<string, string>>): Submission {
  const files = Object.entries(texts).map(([path, text]): TakenFile => {
    const [folder = "", name = ""] = path.split("/");
    return { lab: labOf(folder), path: name, content: Buffer.from(text) };
  });
  return { id, source: "folder", students: [], files, refused: [] };
}

function labOf(folder: string): LabId {
  const lab = labIds.find((id) => labFolders[id] === folder);
  if (lab === undefined) throw new Error(`There is no lab in a folder ${folder}.`);
  return lab;
}

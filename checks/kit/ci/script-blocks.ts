/** A shell script inside a workflow, and what the step is called; of GitLab, what the job is called. */
export type ScriptBlock = { readonly name: string; readonly script: string };

/** The scripts of a workflow: `run: …` and `run: |` of GitHub, `- |` of GitLab. */
export function scriptBlocks(yaml: string): readonly ScriptBlock[] {
  const lines = yaml.split("\n");
  let name = "";
  return lines.flatMap((line, index) => {
    name = /^ *(?:- )?name: (.+)$/.exec(line)?.[1] ?? /^(\w[\w-]*):$/.exec(line)?.[1] ?? name;
    const single = /^ *(?:- )?run: ([^|].*)$/.exec(line)?.[1];
    if (single !== undefined) return [{ name, script: `${single}\n` }];
    const indent = /^( *)(?:- )?(?:run: )?\|$/.exec(line)?.[1]?.length;
    if (indent === undefined) return [];
    const end = lines.findIndex((later, at) => at > index && later.trim() !== "" && later.search(/\S/) <= indent);
    const block = lines.slice(index + 1, end === -1 ? undefined : end);
    const margin = block[0]?.search(/\S/) ?? 0;
    return [
      {
        name,
        script: `${block
          .map((each) => each.slice(margin))
          .join("\n")
          .trimEnd()}\n`,
      },
    ];
  });
}

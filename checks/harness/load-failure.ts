const words = ["the file with ", " cannot be loaded"] as const;

/** What a check says when the file with a member of the lab does not load: nothing of the member itself was tried. */
export function loadFailure(member: string): string {
  return words.join(member);
}

export function isLoadFailure(headline: string): boolean {
  return headline.startsWith(words[0]) && headline.endsWith(words[1]);
}

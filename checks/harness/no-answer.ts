/** What a check says when the lab threw, or gave what is no answer at all: nothing of the answer itself was judged. */
export const noAnswer = {
  /** Behind the call. */
  threw: "threw where it should have answered",
  stray: "your code threw outside of any call: is there a promise without await or catch, or a timer?",
  /** Behind the name of a member. */
  unreadable: "returned something of another form than its contract says",
  noList: "expected a list of actions",
  /** Behind the call and the name of the error. */
  wrongError: "with a message",
} as const;

export function isNoAnswer(headline: string): boolean {
  const { threw, stray, unreadable, noList, wrongError } = noAnswer;
  return (
    headline === stray || headline.startsWith(noList) || [threw, unreadable, wrongError].some((words) => headline.endsWith(` ${words}`))
  );
}

import { expect, it } from "vitest";
import { check, hostileText } from "../example/tiny-class.ts";
import { html, render } from "./markup.ts";
import { storyMarkup } from "./story.ts";

it("escapes whatever is put into it, but markup", () => {
  expect(render(html`<p title="${`"'<&`}">${["a<b", html`<br>`, 5, undefined]}</p>`)).toBe(
    `<p title="&quot;&#39;&lt;&amp;">a&lt;b<br>5</p>`,
  );
  expect(render(html`${"a\u0000\u001b[31mb\u202ec"}`)).toBe("a␀␛[31mb&lt;U+202E&gt;c");
});

it("tells a story in the terminal's colours, and nothing in it is markup", () => {
  const failure = {
    story: [{ at: 0, verb: "said", words: hostileText }],
    at: 0,
    headline: hostileText,
    detail: [
      { kind: "expected", text: "expected  <1>" },
      { kind: "got", text: "got       \u001b[1mbold" },
    ],
  } as const;
  const { markup } = storyMarkup(check("a", "failed", { failure, printed: "</pre><script>" }));
  expect(markup).toContain(`<b class=g>    expected  &lt;1&gt;</b>\n<b class=r>    got       bold</b>`);
  expect(markup).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(new Set(markup.match(/<[^>]*>/g))).toEqual(new Set(["<b>", "</b>", "<i>", "</i>", "<b class=r>", "<b class=g>"]));
  expect(markup).not.toContain("\u001b");
});

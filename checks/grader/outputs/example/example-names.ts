/** Names as an attacker would have them, in a roster or in a file. */
export const hostileNames: readonly string[] = [
  `<img src=x onerror="document.title='hacked'">`,
  `</title></style></script><script>document.title="hacked"</script>`,
  `"><svg onload=document.title='hacked'>`,
  `=HYPERLINK("http://example.org/?"&A1,"click")`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  "::error file=a.ts,line=1::the grader is broken",
  "[click](http://example.org) ![x](http://example.org/x.png) <b>bold</b> | @everyone | `code`",
  "right \u202eot tfel\u202c \u0000\u001b[31mred\u001b[0m \u2028 line",
  "]]></failure><testcase name='forged'/>",
  "名前がとても長い学生".repeat(12),
  "javascript:alert(1) &amp; &lt;i&gt; 'quotes' \"double\"",
  "-2+3",
];

const first = [
  "Ada",
  "Bo",
  "Chidi",
  "Dilan",
  "Elif",
  "Farid",
  "Grażyna",
  "Hye-jin",
  "Ines",
  "Jarosław",
  "Kwame",
  "Lucía",
  "Mei",
  "Nour",
  "Olamide",
  "Priya",
  "伟",
  "Renée",
  "Søren",
  "Tú",
];
const last = [
  "Abebe",
  "Brown",
  "Çelik",
  "Diaz",
  "Eze",
  "Fischer",
  "García",
  "Hoang",
  "Ibrahim",
  "Jansen",
  "Kowalski",
  "Li",
  "Müller",
  "Nguyen",
  "O'Neill",
  "Patel",
  "Quispe",
  "Rossi",
  "Sato",
  "王",
];

export function ordinaryName(random: () => number): string {
  const one = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? "Ada";
  return `${one(first)} ${one(last)}`;
}

/** The report's style sheet: light and dark, wide, narrow and on paper. Its hash stands in the page's content security policy. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2430;--dim:#586474;--line:#d9dfe7;--soft:#f4f6f9;--link:#0b57a4;--accent:#2f6fb5;
--p:#e2f2e6;--p-ink:#2c6b3d;--f:#c62f3b;--f-ink:#fff;--t:#8a3ab0;--t-ink:#fff;--n:#eceff3;--n-ink:#5b6675;--q:#f5e3b8;--q-ink:#614a00;--red:#b3202c;--green:#1d6b33;--yellow:#7a5700;--code:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--paper:#12161c;--ink:#e4e9f0;--dim:#9aa7b7;--line:#2d3644;--soft:#1a2029;--link:#7db8f5;--accent:#5a9be0;
--p:#173524;--p-ink:#86d39b;--f:#b93a45;--f-ink:#fff;--t:#8f4db3;--t-ink:#fff;--n:#232b36;--n-ink:#9fabba;--q:#4a3c12;--q-ink:#f2d98c;--red:#ff8e93;--green:#7fd695;--yellow:#e6c46a;--code:#171d26}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}.check>div,pre,h4{scroll-margin-top:2.2rem}
body{margin:0 auto;max-width:88rem;padding:1.25rem 1.5rem 3rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1{margin:0;font-size:1.7rem;line-height:1.2}
h2{margin:2.2rem 0 .7rem;font-size:1.25rem}
h3{margin:1.4rem 0 .5rem;font-size:1rem}
h4{margin:.9rem 0 .2rem;font-size:.9rem}
p,ul,dl{margin:.3rem 0 .7rem}
header p,footer,small,.legend,figcaption{color:var(--dim)}
small{font-size:.82em}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
code,pre,.strip,.cell,.heat td{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{font-size:.88em;overflow-wrap:anywhere}
pre{margin:.4rem 0 1rem;padding:.7rem .9rem;overflow-x:auto;background:var(--code);border:1px solid var(--line);border-radius:6px;font-size:12.5px;line-height:1.45}
pre i{font-style:normal;color:var(--dim)}pre b{font-weight:600}pre .r{color:var(--red);font-weight:400}pre .g{color:var(--green);font-weight:400}pre .y{color:var(--yellow);font-weight:400}
.contents{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.8rem 0 1.2rem;padding:.5rem 0;border-block:1px solid var(--line)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.7rem;padding:0;list-style:none}
.figures li{padding:.7rem .9rem;background:var(--soft);border:1px solid var(--line);border-radius:8px}
.figures b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem}
.alert{padding:.1rem 1rem .6rem;border:1px solid var(--f);border-radius:8px;margin-top:1.2rem}
.alert h2{margin-top:.7rem}
figure{margin:0}#points>.scroll{margin-top:1rem}figure svg{display:block;width:100%;height:auto}
svg text{fill:var(--dim);font-size:11px;text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
.bar{fill:var(--accent)}.rest{fill:var(--line)}.axis{stroke:var(--dim)}.median{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
.bar-of{width:60px;height:10px;vertical-align:baseline;border-radius:2px}
table{border-collapse:collapse;font-size:.92rem}
.scroll>table{min-width:100%}
.scroll{overflow:auto;border:1px solid var(--line);border-radius:8px}
.scroll.low{max-height:34rem}.scroll.tall{max-height:32rem}
th,td{padding:.32rem .6rem;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600}tbody th{font-weight:500}
tbody tr:last-child>*{border-bottom:0}
thead th{background:var(--soft);white-space:nowrap}
.scroll thead th{position:sticky;top:0;z-index:2}
.number{white-space:nowrap;font-variant-numeric:tabular-nums}
.sticky .number{text-align:end}
.names{overflow-wrap:anywhere}h2 .names{font-weight:400;color:var(--dim);font-size:1rem}
td.names{max-width:22rem}td:first-child{white-space:nowrap}
.tag{padding:0 .35em;border:1px solid currentColor;border-radius:4px}
.sticky tbody th,.heat tbody th{position:sticky;inset-inline-start:0;background:var(--paper);z-index:1}
#heat-map .scroll{max-height:36rem;margin-bottom:1rem}
.heat{border-collapse:separate;border-spacing:1px;font-size:12px;min-width:0!important}
.heat th,.heat td{border:0;padding:0 .3rem}
.heat thead th{height:10.5rem;vertical-align:bottom;padding:.3rem 0}
.heat thead th+th+th{width:15px;min-width:15px;max-width:15px}
.heat thead th+th+th a{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:10rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;line-height:15px;font-weight:400;font-size:11px;text-decoration:none}
.heat thead th:first-child{inset-inline-start:0;z-index:3;padding-inline:.3rem}
.heat thead th:nth-child(2){padding-inline:.3rem}
.heat tbody th{white-space:nowrap;max-width:14rem;overflow:hidden;text-overflow:ellipsis}
.heat .points{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--dim)}
.heat td:not(.points){width:15px;min-width:15px;padding:0;text-align:center;line-height:16px}
.heat td a{display:block;color:inherit;text-decoration:none}
.heat tbody tr:hover>*{outline:1px solid var(--accent)}
.cell{display:inline-block;width:1.25em;text-align:center;border-radius:3px}
.p{background:var(--p);color:var(--p-ink)}.f{background:var(--f);color:var(--f-ink)}.t{background:var(--t);color:var(--t-ink)}.n{background:var(--n);color:var(--n-ink)}.q{background:var(--q);color:var(--q-ink)}
.strip{font-size:12px;line-height:1.6;overflow-wrap:anywhere}.strip i{padding:.1em 0;font-style:normal;letter-spacing:.6ch;background-image:repeating-linear-gradient(90deg,transparent 0 calc(1.6ch - 1px),var(--paper) 0 1.6ch)}
details>summary{cursor:pointer}
.check,.failure{border-bottom:1px solid var(--line);padding:.25rem 0}
.failure summary,.shared{overflow-wrap:anywhere}
.check>div{padding-inline-start:1.1rem}
.looks{padding:.45rem .8rem;border-inline-start:3px solid var(--accent);background:var(--soft)}
.missing{color:var(--dim);overflow-wrap:anywhere}
.page tbody th{white-space:nowrap}
.total b{font-size:1.5rem}
.facts,.receipt dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem 1rem}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
.receipt{margin-top:1.2rem}
.page{display:none}
.page:target,.page:has(:target){display:block}
body:has(.page:target,.page :target) :is(.class,.contents){display:none}
.page nav{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.8rem 0;padding:.5rem 0;border-block:1px solid var(--line)}
.page h2{margin-top:1rem;overflow-wrap:anywhere}
:is(pre,span,a,h3,h4):target{outline:2px solid var(--accent);outline-offset:2px}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.5rem;font-size:.9rem}
@media(max-width:56rem){.columns{grid-template-columns:minmax(0,1fr)}}
@media(max-width:34rem){body{padding:.8rem .8rem 2rem}h1{font-size:1.35rem}.figures{grid-template-columns:repeat(3,minmax(0,1fr));gap:.4rem}.figures li{padding:.45rem .5rem}.figures b{font-size:1.25rem}.facts,.receipt dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:.4rem}th,td{padding:.28rem .4rem}.heat tbody th{max-width:7rem}pre{font-size:11px;padding:.5rem}.page tbody th{white-space:normal}}
@media(prefers-contrast:more){:root{--dim:var(--ink);--line:currentColor}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--dim:#333;--line:#bbb;--soft:#fff;--link:#000;--code:#fff}
body{max-width:none;padding:0;font-size:10pt}nav,.contents{display:none!important}a{text-decoration:none}
.scroll{overflow:visible;max-height:none!important;border:0}thead th,.heat tbody th,.sticky tbody th{position:static!important}thead{display:table-header-group}
pre{white-space:pre-wrap;font-size:8pt;break-inside:avoid-page}h2,h3,h4{break-after:avoid}tr,figure,.figures{break-inside:avoid}
.cell,.heat td,.strip i,.bar,.rest{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.heat{font-size:4.4pt;border-spacing:0}.heat th,.heat td{padding:0 1px}.heat td:not(.points),.heat thead th+th+th{width:auto;min-width:0}.heat td:not(.points){line-height:1.3}.heat thead th+th+th a{font-size:5pt;line-height:1.2}
.failure::details-content{content-visibility:visible;block-size:auto}#checks{display:none}}
`;

namespace InitNotebooks.Engine;

/// <summary>The style of a notebook's page: light or dark like the reader's system, one column on a phone.</summary>
static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --soft: #f6f8fa; --line: #d0d7de; --dim: #59636e; --link: #0550ae; --bad: #82071e;
          --keyword: #a40e26; --text: #0a3069; --comment: #59636e; --name: #6639ba; --number: #0550ae; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --paper: #0d1117; --soft: #161b22; --line: #30363d; --dim: #9198a1; --link: #79c0ff; --bad: #ff7b72;
            --keyword: #ff7b72; --text: #a5d6ff; --comment: #9198a1; --name: #d2a8ff; --number: #79c0ff; }
        }
        body { font: 16px/1.6 system-ui, sans-serif; max-width: 66rem; margin: 0 auto; padding: 1rem; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
        a { color: var(--link); }
        nav { border: 1px solid var(--line); border-radius: 6px; padding: .3rem 1rem; margin-bottom: 1rem; font-size: .9rem; }
        nav summary { cursor: pointer; } nav ul { margin: .3rem 0; padding-left: 1.2rem; }
        .cell { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); margin: .4rem 0; }
        .count { color: var(--dim); font: 12px/2.6 ui-monospace, monospace; text-align: right; padding-right: .6rem; white-space: nowrap; }
        pre { background: var(--soft); border-radius: 6px; margin: 0; padding: .6rem .9rem; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; }
        .shown { min-width: 0; overflow-x: auto; }
        pre.output { background: none; border-left: 3px solid var(--line); border-radius: 0; }
        pre.error { border-left-color: var(--bad); color: var(--bad); }
        table { border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto; max-width: 100%; } td, th { border: 1px solid var(--line); padding: .25rem .6rem; }
        p.note { color: var(--dim); font-size: .8rem; border-top: 1px dashed var(--line); }
        code { font: 90% ui-monospace, monospace; } img, svg { max-width: 100%; height: auto; }
        img { background: #fff; }
        .keyword, .preprocessorKeyword, .pythonKeyword { color: var(--keyword); } .string, .stringCSharpVerbatim { color: var(--text); }
        .comment, .xmlDocComment { color: var(--comment); } .className, .typeVariable { color: var(--name); } pre .number { color: var(--number); }
        @media (max-width: 40rem) {
          body { padding: .6rem; } h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } .cell { grid-template-columns: minmax(0, 1fr); } .count { text-align: left; line-height: 1.4; } .count:empty { display: none; }
          pre { font-size: 12px; padding: .5rem; }
        }
        """;
}
